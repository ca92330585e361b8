"""Function words and stems: the grammar that the scorer needs."""

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
_MORE = "etc eg ie them him me us s t"
FUNCTION_WORDS = frozenset(" ".join([*_CLASSES.values(), _MORE]).split())
_NEGATIONS = frozenset(_CLASSES["negation"].split()) | {
    "nor",
    "nothing",
    "hardly",
    "untrue",
    "false",
}
_GLUE = frozenset(  # the words that hold nearly every sentence together
    word
    for name in ("determiner", "conjunction", "auxiliary", "pronoun")
    for word in _CLASSES[name].split()
) | {"of", "to", "in", "on", "at", "by", "for", "with", "from", "as", "that", "which"}
LIST_WORDS = 15  # fewer words in a row without glue are a heading or a bullet
LEAST_GLUE = 0.08
WORDS_A_MARK = 12  # marks rarer than this divide nothing
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


def repeats(words: Sequence[str], statement: Sequence[str]) -> bool:
    """Whether the words say the statement once more: the same words with a meaning, in the same
    order, nothing else between them, and no more and no fewer denials. Words in lower case."""
    said, stated = _meanings(words), _meanings(statement)
    return (
        bool(stated)
        and _denials(words) == _denials(statement)
        and any(said[i : i + len(stated)] == stated for i in range(len(said) - len(stated) + 1))
    )


def _meanings(words: Sequence[str]) -> list[str]:
    return [stem(word) for word in words if word not in FUNCTION_WORDS]


def _denials(words: Sequence[str]) -> int:
    return sum(word in _NEGATIONS or word.endswith(("n't", "n\u2019t")) for word in words)


def is_word_list(tokens: Sequence[str]) -> bool:
    """Whether the words of one sentence are a list: neither grammar nor commas connect them."""
    words = [token.lower() for token in tokens if token.isalpha() and len(token) > 1]
    marks = sum(token[0] not in "-" and not token[0].isalnum() for token in tokens)
    return (
        len(words) >= LIST_WORDS
        and sum(word in _GLUE for word in words) < LEAST_GLUE * len(words)
        and marks * WORDS_A_MARK < len(words)
    )
