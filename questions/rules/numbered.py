"""Statements about several key points in one text: one a line, as “2: it caches”. Pure.

The number is that of the key point, from 1.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from questions.rules.texts import normal_text

MAX_NUMBER = 99
_LINE = re.compile(r"\s*([1-9][0-9]?)\s*:(.*)")


def numbered(statements: Iterable[Iterable[str]]) -> str:
    """The text for the statements about each key point, in their order."""
    by_point = enumerate(statements, start=1)
    return "\n".join(f"{number}: {one}" for number, some in by_point for one in some)


def by_number(text: str) -> dict[int, list[str]]:
    """The statements by the number of their key point.

    Raises ValueError with the beginning of a line that has no number from 1 to MAX_NUMBER.
    """
    statements: dict[int, list[str]] = defaultdict(list)
    for line in filter(str.strip, normal_text(text).split("\n")):
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(line.strip()[:40])
        statements[int(found[1])].append(found[2].strip())
    return dict(statements)
