"""Answers in another language are told from English ones, and English notes never are."""

import pytest

from attempts.scoring import is_english

ENGLISH = {
    "nothing": "",
    "one word": "Kubernetes",
    "a line": "pins every dependency, so runs repeat",
    "terse": "Tracks code, data, models. Branch, review, merge. Rebuild results from commits.",
    "notes": "- val set leak -> split by user\n- p99 lat, not mean\n- k8s hpa on queue",
    "abbreviations": "bn momentum, lr decay, gpu util nvml, int8 acc, oom @ bs 64, ddp + zero3",
    "spoken": "so yeah I mean the thing is, um, you'd want to like keep every version",
    "tools": "docker kubernetes terraform mlflow airflow dvc git prometheus grafana kafka spark",
    "code": "def train(m, dl):\n  for x, y in dl:\n    l = f(m(x), y); l.backward(); opt.step()\n",
    "yaml": "kind: Deployment\nspec:\n  replicas: 3\n  template:\n    spec:\n      containers: []",
    "formulas": "v = ema of g^2; w -= lr*g/sqrt(v); k x batch -> lr x k (sgd); α, β, σ² -> θ",
    "capitals": "VERSION CONTROL MATTERS BECAUSE YOU CAN GO BACK TO ANY OLD VERSION",
    "borrowed words": "The naïve Bayes résumé classifier is de facto the baseline, à la carte.",
    "quoted": "The log said „Verbindung verloren“, so we added a retry and a time-out.",
    "half": "Version control keeps every change with its author and date, so you can go back to any"
    " of them. Außerdem kann man ein altes Ergebnis damit wieder aufbauen.",
    "a greeting": "Guten Tag, ich heiße Anna",  # too short to say
    "a Chinese word": "We call it 版本控制, and it keeps every change with its author.",
}
OTHER = {
    "German": "Versionskontrolle hält jede Änderung an Code, Daten und Modellen mit Autor und Datum"
    " fest, sodass man ein altes Ergebnis wieder aufbauen kann.",
    "German notes": "- git commit pro Änderung, branch + review vor merge\n- Daten mit DVC"
    "\n- alte Ergebnisse aus Commit, Daten und Config reproduzierbar",
    "German with the words of the trade": "Wir benutzen Kubernetes und Docker. Das Deployment läuft"
    " über eine CI/CD Pipeline. Bei einem Incident machen wir ein Rollback auf die Version davor.",
    "French": "Le contrôle de version garde une trace de chaque modification du code, des données"
    " et des modèles, avec l'auteur et la date.",
    "Spanish": "El control de versiones guarda cada cambio del código, de los datos y de los"
    " modelos, con su autor y su fecha.",
    "Portuguese": "O controle de versão guarda cada mudança do código e dos dados com o autor, para"
    " que um resultado antigo possa ser refeito.",
    "Italian": "Il modello viene confrontato con i dati recenti per scoprire se la distribuzione è"
    " cambiata.",
    "Polish": "Kontrola wersji zapisuje każdą zmianę kodu i danych, dzięki czemu można odtworzyć"
    " wynik, który powstał przed zmianą, i nie trzeba się domyślać, jak jest zbudowany.",
    "Dutch": "Versiebeheer legt elke wijziging in code en modellen vast met de auteur, zodat je een"
    " resultaat kunt herbouwen.",
    "Swedish": "Versionshantering sparar varje ändring av koden och datan, så att man kan bygga om"
    " ett resultat som inte längre finns.",
    "Turkish": "Sürüm kontrolü kod ve veri üzerindeki her değişikliği kaydeder, çünkü daha sonra"
    " eski bir sonucu yeniden üretmek gibi işler için bu kayıtlar çok önemlidir.",
    "Hungarian": "A verziókezelés minden módosítást megőriz, így később újra előállítható bármely"
    " régi eredmény, szükség esetén összehasonlítható több változat.",
    "Russian": "Система контроля версий сохраняет каждое изменение кода, данных и моделей.",
    "Greek": "Ο έλεγχος εκδόσεων καταγράφει κάθε αλλαγή στον κώδικα και στα δεδομένα.",
    "Chinese": "版本控制记录代码、数据和模型的每一次更改，包括作者和日期。",
    "Japanese": "バージョン管理は、コードとデータのすべての変更を記録します。",
    "Arabic": "يسجل نظام التحكم في الإصدارات كل تغيير في الشيفرة والبيانات.",
    "Hindi": "संस्करण नियंत्रण कोड और डेटा के हर बदलाव को दर्ज करता है।",
}


@pytest.mark.parametrize("text", ENGLISH.values(), ids=ENGLISH)
def test_what_counts_as_english(text):
    assert is_english(text)


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_what_is_another_language(text):
    assert not is_english(text)


@pytest.mark.parametrize(
    "text", ["\0\ud800", "ß" * 20_000, "de " * 7_000, "\u0300" * 50, "🙂 " * 99]
)
def test_any_text_gets_an_answer(text):
    assert is_english(text) in (True, False)
