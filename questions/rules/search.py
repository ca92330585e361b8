"""Patterns that find a word whatever its case and its accents. Pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from questions.rules.texts import composed
from questions.rules.visible import IGNORABLE, is_visible

LONGEST_WORD = 80
"""Longer words are searched for as they are, because their patterns would be too large."""

_WORDS = re.compile(r"""(?<!\S)"([^"]*)"(?!\S)|(?<!\S)'([^']*)'(?!\S)|(\S+)""")
_MARKS = "[\u0300-\u036f]*"
_LETTERS = (range(0xC0, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000))
_WITHOUT_MARKS = {"o": "øØ", "l": "łŁ", "d": "đĐ", "h": "ħĦ", "i": "ı", "t": "ŧŦ"}
"""Letters that Unicode does not take apart."""


def _variants(blocks: Iterable[range]) -> Mapping[str, str]:
    """The letters with accents, by the small letter without."""
    found: dict[str, str] = defaultdict(str, _WITHOUT_MARKS)
    for letter in (chr(number) for block in blocks for number in block):
        parts = unicodedata.normalize("NFD", letter)
        if len(parts) > 1 and all(map(unicodedata.combining, parts[1:])):
            found[parts[0].casefold()] += letter
    return found


_VARIANTS = _variants(_LETTERS)


def pattern_of(word: str) -> str:
    """A regular expression, as PostgreSQL and Python read it, for texts with this word.

    Empty for a word that shows a reader nothing.
    """
    word = composed(word)
    if not is_visible(word):
        return ""
    return re.escape(word) if len(word) > LONGEST_WORD else "".join(map(_one, word))


def words_of(search: str) -> list[str]:
    """What is searched for: each word, or each part in quotes."""
    words = (composed("".join(parts)) for parts in _WORDS.findall(search))
    return [word for word in words if is_visible(word)]


def patterns_of(search: str) -> list[str]:
    """The patterns of what is searched for."""
    return list(map(pattern_of, words_of(search)))


def _one(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    if unicodedata.combining(char) or IGNORABLE.match(char):
        return f"{char}?"
    cases = {case for case in (parts[0].lower(), parts[0].upper()) if len(case) == 1}
    if len(cases) == 2:
        letters = "".join(sorted(cases)) + _VARIANTS.get(parts[0].casefold(), "")
        return f"[{letters}]{_MARKS}"
    if len(parts) > 1:
        return f"(?:{re.escape(char)}|{re.escape(parts)})"
    return re.escape(char)
