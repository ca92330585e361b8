"""Bullets and numbers before the lines of a pasted list. Pure.

A key point stands on a line of its own, so a bullet before it says nothing.
"""

import re
from collections.abc import Iterable, Sequence

_SIGNS = "•‣⁃◦∙●○■□▪▫◆◇►▶➢➤➔✓✔✗☐☑☒①-⑳❶-❿\uf0a7\uf0b7\uf0d8\uf0fc"
_SURE = "•‣⁃●■▪➢➤\uf0a7\uf0b7\uf0d8"
"""Those that stand nowhere but before an item of a list."""
_BULLET = re.compile(
    rf"[{_SIGNS}]\ufe0f?\s*"  # nothing else begins with these
    r"|[0-9#*]\ufe0f?\u20e3\s*"  # a digit on a key
    r"|[-*+·‐-―−](?:\s+|$)"
    r"|[o§]\t\s*"  # how word processors copy two more kinds of bullets
    r"|\[[ xX]?\](?:\s+|$)"  # a box to tick
)
_LABEL = re.compile(r"\(?([0-9]{1,2}|[a-zA-Z]|[ivxIVX]{2,5})[.)](?:\s+|$)")
_NUMBERS = tuple(str(number) for number in range(1, 100))
_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def without_bullets(lines: Iterable[str]) -> list[str]:
    """The lines without blanks around them and bullets before them; "" if there is nothing else.

    Numbers and letters are bullets only where they count the lines: one line with “3. Normalform”
    keeps its number.
    """
    now = [line.strip() for line in lines]
    before: list[str] = []
    while now != before:
        before, now = now, _without_labels([_without_sign(line) for line in now])
    return now


def apart(line: str) -> list[str]:
    """The items of a list that was pasted into one line: “• one • two”; else the line alone."""
    sign = line.strip()[:1]
    return line.strip().split(sign)[1:] if sign and sign in _SURE else [line]


def _without_sign(line: str) -> str:
    found = _BULLET.match(line)
    return line[found.end() :] if found else line


def _without_labels(lines: Sequence[str]) -> list[str]:
    found = [_LABEL.match(line) for line in lines]
    if not _counts([match[1].casefold() for match in found if match]):
        return list(lines)
    return [line[m.end() :] if m else line for line, m in zip(lines, found, strict=True)]


def _counts(labels: Sequence[str]) -> bool:
    """Whether labels count from the first on; Markdown also numbers each line with 1."""
    if not labels or set(labels) == {"1"}:
        return bool(labels)
    together = tuple(labels)
    if together == _NUMBERS[: len(together)]:
        return True
    return len(together) > 1 and together in (_LETTERS[: len(together)], _ROMAN[: len(together)])
