"""The form in which the bank stores its texts, and which texts are the same to a reader. Pure."""

import re
from collections import Counter
from collections.abc import Iterable

TEXT_FIELDS = ("prompt", "answer", "how_to_answer", "example_answer")
VERSION_FIELDS = (*TEXT_FIELDS, "key_points")
"""What a version of a question says."""

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""What PostgreSQL cannot store in a text: NUL, and half a character (a lone surrogate)."""


def unix_lines(text: str) -> str:
    """The text with \\n at the end of every line; forms and files also send \\r\\n and \\r."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def normal_text(text: str) -> str:
    """A text as the bank stores it: every line ends with \\n, without blanks around the whole."""
    return unix_lines(text).strip()


def one_line(text: str) -> str:
    """A key point as the bank stores it: on one line, because editors see one point a line."""
    return " ".join(line.strip() for line in normal_text(text).splitlines())


def key_points_of(points: str | Iterable[str]) -> list[str]:
    """The key points in a text that has one a line, or in a list of texts; empty ones are left out.

    Each comes back on one line.
    """
    lines = normal_text(points).splitlines() if isinstance(points, str) else points
    return [point for point in map(one_line, lines) if point]


def folded(text: str) -> str:
    """Equal for texts with the same words, whatever their case and the blanks between them."""
    return " ".join(text.split()).casefold()


def repeated_point(points: Iterable[str]) -> str | None:
    """The first key point that is another one of them, apart from case."""
    points = list(points)
    times = Counter(point.casefold() for point in points)
    return next((point for point in points if times[point.casefold()] > 1), None)
