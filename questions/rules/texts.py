"""The form in which the bank stores its texts, and which texts are the same to a reader. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from questions.rules.bullets import apart, without_bullets
from questions.rules.visible import IGNORABLE, is_visible, says_something

TEXT_FIELDS = ("prompt", "answer", "how_to_answer", "example_answer", "short_example")
LIST_FIELDS = ("key_points", "follow_ups", "common_mistakes", "sources")
VERSION_FIELDS = (*TEXT_FIELDS, *LIST_FIELDS)
"""What a version of a question says."""
OPTIONAL_FIELDS = ("short_example", "follow_ups", "common_mistakes", "sources")
"""What questions did not say at first. Without any of it a version has the hash that it had."""

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""What PostgreSQL cannot store in a text: NUL, and half a character (a lone surrogate)."""


def unix_lines(text: str) -> str:
    """The text with \\n at the end of every line; forms and files also send \\r\\n and \\r."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def composed(text: str) -> str:
    """The text in Unicode's form NFC, in which é is one character; files and Macs also send two."""
    return unicodedata.normalize("NFC", text)


def normal_text(text: str) -> str:
    """A text as the bank stores it: every line ends with \\n, without blanks around the whole.

    It is in the form NFC. A text that shows a reader nothing is empty.
    """
    stored = composed(unix_lines(text)).strip()
    return stored if is_visible(stored) else ""


def one_line(text: str) -> str:
    """A key point as the bank stores it: on one line, because editors see one point a line."""
    return " ".join(line.strip() for line in normal_text(text).splitlines())


def key_points_of(points: str | Iterable[str]) -> list[str]:
    """The key points in a text that has one a line, or in a list of texts; empty ones are left out.

    Each comes back on one line, without the bullet that a pasted list has before it.
    """
    lines = points
    if isinstance(points, str):
        lines = [item for line in normal_text(points).splitlines() for item in apart(line)]
    return [point for point in without_bullets(map(one_line, lines)) if says_something(point)]


def field_label(field: str) -> str:
    """What people call a text of a version, in small letters."""
    return "follow-ups" if field == "follow_ups" else field.replace("_", " ")


def items_of(texts: str | Iterable[str]) -> list[str]:
    """Common mistakes or sources, as the bank stores them: as key points, and each once."""
    return list({folded(item): item for item in reversed(key_points_of(texts))}.values())[::-1]


def folded(text: str) -> str:
    """Equal for texts with the same words, whatever their case and the blanks between them.

    Characters that nobody sees make no difference, and neither does the form of accents.
    """
    return " ".join(_seen(text).split())


def repeated_point(points: Iterable[str]) -> str | None:
    """The first key point that is another one of them, apart from case and unseen characters."""
    points = list(points)
    times = Counter(map(_seen, points))
    return next((point for point in points if times[_seen(point)] > 1), None)


def _seen(text: str) -> str:
    """Without unseen characters and case. Blanks stay, and so do accents, in one form."""
    seen = (text if text.isascii() else IGNORABLE.sub("", composed(text))).casefold()
    return seen if seen.isascii() else composed(seen)
