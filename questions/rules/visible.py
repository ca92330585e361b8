"""Which characters a reader sees, and which texts show a reader nothing at all. Pure.

Unicode says of most invisible characters that they are blanks, controls or marks. Some are letters
and symbols by their category and still draw nothing.
"""

import html
import re
import unicodedata

IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Default_Ignorable_Code_Point in DerivedCoreProperties.txt of Unicode 16."""

_EMPTY_SIGNS = "\u2800\ufffc\U0001d159"
"""A braille pattern without dots, the place of a lost picture, a note head that is not drawn."""

_UNSEEN = ("Z", "M", "Cc", "Cf")
"""Beginnings of categories: blanks, marks (on nothing), controls, formats."""


def is_visible(text: str) -> bool:
    """Whether any character of a text draws something: a letter, a digit, a sign.

    NUL counts, as half a character does: both can't be stored, and whoever checks that says so.
    """
    return any(map(_is_drawn, text))


def says_something(markdown: str) -> bool:
    """Whether a reader of the rendered text would see anything: `&nbsp;` is an invisible one too.

    So are marks of Markdown around nothing, a heading or a list item without words.
    """
    words = re.sub(r"(?m)^[^\S\n]*(?:#{1,6}|[-*+>])(?:\s+|$)", "", html.unescape(markdown))
    return is_visible(words)


def _is_drawn(char: str) -> bool:
    if char in _EMPTY_SIGNS or IGNORABLE.match(char):
        return False
    return char == "\0" or not unicodedata.category(char).startswith(_UNSEEN)
