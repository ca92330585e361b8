"""Function words, by what can follow them, and stems: the grammar that the scorer needs."""

import re
from collections.abc import Sequence

_CLASSES = {
    "determiner": "a an the",
    "possessive": "my your his her its our their",
    "preposition": "of to in on at by for with from into onto between through during without "
    "within among via per about against across towards upon",
    "conjunction": "and or but nor",
    "subordinate": "if because while when whereas although unless until since so than as that "
    "which who where whether how what why",
    "pronoun": "i you he she it we they this these those there",
    "auxiliary": "is are was were be been being am can could will would should may might must "
    "shall has have had does do did",
    "negation": "not no never none neither without cannot",
    "quantifier": "all any both each few more most other some such only own same very too also "
    "just then once here again further",
}
CLASS = {word: name for name, words in _CLASSES.items() for word in words.split()}
FUNCTION_WORDS = frozenset(CLASS) | {"etc", "eg", "ie", "them", "him", "me", "us", "s", "t"}
NEGATIONS = frozenset(_CLASSES["negation"].split()) | {"nor", "nothing", "hardly"}

# What does not come right after a word of the class in running English.
_NO_NOUN = {"determiner", "possessive", "preposition", "conjunction", "subordinate", "pronoun"} | {
    "auxiliary",
    "negation",
    "comma",
    "stop",
}
_NOT_AFTER = {
    "determiner": _NO_NOUN,
    "possessive": _NO_NOUN,
    "preposition": {"preposition", "conjunction", "auxiliary", "comma", "stop"},
    "conjunction": {"conjunction", "stop"},
    "auxiliary": {"conjunction", "auxiliary"},
    "subordinate": {"stop"},
}
_FOLLOWING = {"auxiliary": ("be", "been", "being", "have", "do"), "preposition": ("being",)}
_AFTER_TO = ("be", "do", "have")
_MARKS = {",": "comma", ".": "stop", ";": "stop", "!": "stop", "?": "stop"}
_GLUE = frozenset(  # the words that hold nearly every sentence together
    word
    for name in ("determiner", "conjunction", "auxiliary", "pronoun")
    for word in _CLASSES[name].split()
) | {"of", "to", "in", "on", "at", "by", "for", "with", "from", "as", "that", "which"}
LIST_WORDS = 10  # fewer words in a row without glue are a heading or a bullet
LEAST_GLUE = 0.08
WORDS_A_MARK = 12  # marks rarer than this divide nothing
SLIP_RATE, SHUFFLED_RATE = 0.012, 0.21  # slips a pair in people's answers, and shuffled ones
_SUFFIX = re.compile(
    r"(?<=...)(?:ations?|ings?|ional|ments?|ness|ities|ity|ities|ively|ably|ally|ized?|ised?|izes|"
    r"ises|ed|es|er|ers|ly|al|ive|able|ion|ions|s|e|y|ies)$"
)


def stem(word: str) -> str:
    """A word without its ending, so that train, trained and training are one."""
    word = word.replace("'s", "").replace("\u2019s", "")
    short = _SUFFIX.sub("", word)
    return short[:-1] if len(short) > 4 and short[-1] == short[-2] else short


def content_stems(words: Sequence[str]) -> set[str]:
    """The stems of the words that carry meaning; words in lower case."""
    return {stem(word) for word in words if word not in FUNCTION_WORDS}


def denied(words: Sequence[str]) -> frozenset[str]:
    """For each word that denies, the stem of the next word that carries meaning, "" at the end;
    words in lower case."""
    found, denying = set(), False
    for word in words:
        if word in NEGATIONS or word.endswith(("n't", "n\u2019t")) or word == "untrue":
            denying = True
        elif denying and word not in FUNCTION_WORDS:
            found.add(stem(word))
            denying = False
    return frozenset(found | {""} if denying else found)


def slips(tokens: Sequence[str]) -> tuple[int, int]:
    """Pairs of neighbours that running English does not have, and the pairs that could be such.

    tokens: words and marks of one sentence in order.
    """
    wrong = seen = 0
    classes = [_class(token, first=i == 0) for i, token in enumerate(tokens)]
    for i in range(len(tokens) - 1):
        first, second = classes[i : i + 2]
        if first in _NOT_AFTER:
            seen += 1
            wrong += second in _NOT_AFTER[first] and not _goes_on(tokens[i], tokens[i + 1])
        starts = tokens[i + 1].istitle() and tokens[i + 1] != "I"
        if first == "word" and tokens[i][0].isalnum() and starts:
            wrong += second in ("determiner", "pronoun")  # a sentence starts inside one
    return wrong, seen


def _class(token: str, first: bool) -> str:
    if token.isupper() and not first and token not in ("I",):
        return "word"  # node A, an IS
    return CLASS.get(token.lower(), _MARKS.get(token, "word"))


def _goes_on(word: str, auxiliary: str) -> bool:
    """Whether an auxiliary may follow: have been, to be, by being."""
    following = _AFTER_TO if word.lower() == "to" else _FOLLOWING.get(CLASS[word.lower()], ())
    return auxiliary.lower() in following


def is_word_list(tokens: Sequence[str]) -> bool:
    """Whether the words of one sentence are a list: neither grammar nor commas connect them."""
    words = [token.lower() for token in tokens if token.isalpha() and len(token) > 1]
    marks = sum(token[0] not in "-" and not token[0].isalnum() for token in tokens)
    return (
        len(words) >= LIST_WORDS
        and sum(word in _GLUE for word in words) < LEAST_GLUE * len(words)
        and marks * WORDS_A_MARK < len(words)
    )
