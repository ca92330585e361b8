"""Names of fields in other banks, in some languages. Names in a text are divided by “|”."""

from collections.abc import Mapping

TAGS, ID = "tags", "id"
"""What a file may also say of a question: its tags, and its id in another system."""

SURE: Mapping[str, str] = {
    "prompt": (
        "questions|question prompt|question title|full question|the question|frage|fragen|"
        "fragestellung|vorderseite|pregunta|preguntas|anverso|enunciado|question posée|intitulé|"
        "énoncé|domanda|domande|fronte|pergunta|perguntas|frente|vraag|pytanie|fråga|fragor|"
        "spørgsmål|otázka|soru|вопрос|вопросы|问题|問題|题目|質問|질문"
    ),
    "answer": (
        "answers|answer text|ideal answer|sample answer|suggested answer|correct answer|"
        "right answer|best answer|full answer|response|responses|model solution|"
        "sample solution|reply|antwort|antworten|musterantwort|lösung|musterlösung|"
        "rückseite|respuesta|respuestas|reverso|réponse|réponses|réponse attendue|"
        "réponse type|risposta|risposte|retro|resposta|respostas|verso|antwoord|odpowiedź|svar|"
        "odpověď|cevap|ответ|ответы|答案|回答|解答|답변"
    ),
    "key_points": (
        "keypoints|key ideas|main points|talking points|bullet points|expected points|"
        "checklist|grading criteria|evaluation criteria|kernpunkte|stichpunkte|puntos clave|"
        "points clés|punti chiave"
    ),
    "how_to_answer": (
        "hints|tips|guidance|how to|hinweis|hinweise|tipp|pista|indice|suggerimento|подсказка"
    ),
    "example_answer": "example answers|example response|candidate answer|beispielantwort",
    "topic_name": (
        "categories|topics|subjects|area|domain|topic title|kategorie|thema|themen|"
        "categoría|catégorie|tema|thème|categoria|категория|тема|分类|类别"
    ),
    "difficulty": (
        "difficulty level|levels|question level|schwierigkeit|schwierigkeitsgrad|niveau|"
        "nivel|dificultad|difficulté|livello|difficoltà|dificuldade|сложность|难度"
    ),
    TAGS: (
        "tag|label|keyword|schlagwort|schlagwörter|stichwörter|etiqueta|etiquetas|"
        "étiquettes|теги|标签"
    ),
    ID: "ids|qid|note id|card id|foreign id|identifier|uuid|item id|id number",
}

WEAK: Mapping[str, str] = {
    "prompt": "title|term|task|aufgabe|titel|q",
    "answer": (
        "explanation|definition|details|erklärung|explicación|explication|a|answer explanation"
    ),
    "topic_name": "module|unit|group|skill|deck",
    "key_points": "points",
}
"""Names that often mean these fields: another column that surely is one goes before it."""

TIMES: Mapping[str, str] = {
    "seconds": (
        "seconds|secs|sec|time in seconds|time s|time sec|time limit seconds|sekunden|"
        "duration seconds"
    ),
    "minutes": (
        "minutes|mins|min|time in minutes|time min|time minutes|time limit minutes|minuten|minutos"
    ),
    "any": ("time|duration|time limit|timelimit|time allowed|zeit|dauer|tiempo|durée|tempo|время"),
}
"""Names of a time, by the unit of its numbers; “any” if the number must say it."""
