"""Whether an answer is in English, the only language that the engines read.

It says no only where function words of one other language, or letters that English does not have,
clearly prevail. So notes, names of tools and code count as English, and so do a few words in any
language. (Libraries were tried: py3langid takes 100 MB of memory, lingua 96 MB on the disk.)
"""

import re

FEWEST_WORDS = 8
FEWEST_LETTERS = 12  # of another script, which may have no spaces between its words
FEWEST_HITS = 3  # words that only one other language has
LEAST_SHARE = 0.12  # of the words
TIMES_ENGLISH = 2
MARKED_SHARE = 0.3  # of the words with letters such as ß or ş, where no English word is seen

# Common words of each language; those that are English too count for neither. None has a single
# letter, because notes are full of variables.
COMMON_WORDS = {
    "English": """
    about after all also always an and any are as at be because been before but by can do does
    each every for from had has have how if in into is it its just like may more most must need
    never no not of on one only or other otherwise our out over own per same should since so
    some still such than that the their them then there these they this those to too under up
    use used uses using very was we were what when where which while who why will with without
    would you your""",
    "German": """
    aber alle als an auch auf aus bei beim bis damit dann das dass dem den der des durch ein
    eine einem einen einer eines einfach es für gegen haben hat ich im in immer ist jede jeden
    jeder jedes kann kein keine können mehr mit muss müssen nach nicht noch nur ob oder ohne
    schon sein sich sie sind sodass sonst über um und unter vom von vor war was weil wenn werden
    wie wieder wird wir zu zum zur zwischen""",
    "Dutch": """
    aan als altijd ander andere bij dan dat deze dezelfde die dit door dus een elk elke en er
    geen gebruik gebruiken gebruikt heb hebben heeft het hoe ik je kan kunnen maar meer met moet
    moeten naar niet nog of om omdat onder ook op over overal te tegen tot tussen uit van veel
    voor waar waarom wanneer wat we wel welke wij worden wordt zijn zodat zonder is in was""",
    "French": """
    alors aussi avec avant car ce cela ces cette chaque comme dans depuis des donc donnée
    données du elle elles en entre est et être faut il ils je la le les leur lors lorsque mais
    même ne nous ou où par parce pas permet peut peuvent plus pour puis quand que qui sans sera
    ses si son sont sous sur tous tout toute toutes très une vers vous on""",
    "Spanish": """
    así aunque cada como con cuando cual de del desde donde el ella en entonces entre es esta
    está estas este esto están hace hacer hay la las lo los más mismo muy ni nos otra otro para
    pero porque por puede pueden que se según ser si siempre sin sino sobre son su sus también
    tiene tienen todo todos un una usa usar ya no""",
    "Portuguese": """
    ao aos as assim até cada com como da das de depois do dos ela ele em entre era essa esse
    esta está este foi isso já mais mas mesmo muito na nas não nem no nos num numa os ou para
    pela pelo pode podem por porque quando que se sem ser seu sua são sempre também tem todo
    todos um uma""",
    "Italian": """
    al alla anche ancora che chi ci ciò come con così cui da dai dal dalla dati degli dei del
    della delle dello di dove essere fare gli il in io la le lo loro ma nei nel nella non ogni
    per perché però più può quando quello questa questo se senza si sia sono stata stato stesso
    su sulla tra tutti tutto un una uno usare viene""",
    "Polish": """
    aby albo ale bez bo być był była było co czy dla do gdy gdzie ich jak jako jest jego jej już
    kiedy który która które ma może można na nad nie niż od oraz po pod ponieważ potem przed
    przez przy się są tak także tego tej ten też to tylko tym we więc wszystko za ze że żeby""",
    "Czech": """
    aby ale ani bez být bude by co do iho jak jako je jeho jen jsou jsme kde kdy když která
    které který mezi může na nad nebo není od po pod podle pokud pro proto protože při se si
    také tak takže ten to tím už ve všechny za ze že""",
    "Swedish": """
    alla allt att av bara blir då de den det där efter eller en ett finns från för gör ha har
    hur här inte kan man med mellan men mer måste när och också om på samma sedan ska som så
    till under upp utan var varje vara vi vid är""",
    "Danish": """
    af alle altid at bliver både da den der det efter eller en er et for fordi fra før går har
    hver hvis hvor hvordan ikke jeg kan kun man med mellem men mere når og også om op over på
    samme sig skal som så til uden ved vi være""",
    "Romanian": """
    acest această am are au care când ce cu cum da dacă de din doar după este face fi fie
    fiecare în între la mai nu pe pentru poate prin să sau se si și sunt toate un unei unui""",
    "Turkish": """
    ama bir bu bunu çok da daha de değil diye en gibi göre her hem için ile kadar ki mi ne nasıl
    olan olarak olur önce ve var veya ya yani yok""",
    "Indonesian": """
    ada adalah agar akan atau bahwa bisa dalam dan dapat dari dengan di harus ini itu jika juga
    karena ke kita lebih oleh pada saat sama saya sebagai sebelum setelah sudah tidak untuk yang""",
}
_COMMON = {language: frozenset(words.split()) for language, words in COMMON_WORDS.items()}
_ENGLISH = _COMMON.pop("English")
_WORD = re.compile(r"[^\W\d_]{2,}")
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff\u0370-\u03ff]")
_GREEK = re.compile(r"[\u0370-\u03ff]{2,}")  # a single letter is mathematics
_MARKED = re.compile(r"[\u00df-\u024f\u1e00-\u1eff]")


def is_english(text: str) -> bool:
    """False if the text is clearly in another language; True for everything else."""
    words = _WORD.findall(text.lower())
    foreign = sum(map(len, (*_OTHER_SCRIPT.findall(text), *_GREEK.findall(text))))
    if foreign >= FEWEST_LETTERS and foreign > sum(map(len, words)) / 2:
        return False
    if len(words) < FEWEST_WORDS:
        return True
    if any(_prevails(common, words) for common in _COMMON.values()):
        return False
    marked = sum(bool(_MARKED.search(word)) for word in words)
    return marked <= MARKED_SHARE * len(words) or not _ENGLISH.isdisjoint(words)


def _prevails(common: frozenset[str], words: list[str]) -> bool:
    """Whether the common words of this language are many, and many more than the English ones."""
    hits = [word for word in words if word in common and word not in _ENGLISH]
    english = sum(word in _ENGLISH and word not in common for word in words)
    enough = max(FEWEST_HITS, LEAST_SHARE * len(words))
    return len(hits) >= enough and len(set(hits)) > 1 and len(hits) > TIMES_ENGLISH * english
