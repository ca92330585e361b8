"""What changed between two texts, word by word. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"

MOST_PAIRS = 4_000_000
"""Words of one text times words of the other up to which they are matched word by word."""


@dataclass(frozen=True)
class Piece:
    """A run of words with the spaces after them. kind: same, added or removed."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Pieces that make `before` without the added ones, and `after` without the removed ones.

    What was removed stands before what was added in its place. Lines are matched first, then the
    words of lines that differ; texts far too long for that differ as a whole.
    """
    return _joined(_by_lines(before.splitlines(keepends=True), after.splitlines(keepends=True)))


def _by_lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for old, new in _matched(before, after):
        if old == new:
            yield Piece(SAME, "".join(old))
        else:
            yield from _by_words(_words("".join(old)), _words("".join(new)))


def _by_words(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for old, new in _matched(before, after):
        if old == new:
            yield Piece(SAME, "".join(old))
        else:
            yield Piece(REMOVED, "".join(old))
            yield Piece(ADDED, "".join(new))


def _words(text: str) -> list[str]:
    """Words, each with the spaces after it; spaces at the beginning by themselves."""
    return re.findall(r"\S+\s*|\s+", text)


def _matched(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Pairs of runs that are equal or stand in each other's place."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    if start:
        yield before[:start], after[:start]
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) * len(new) > MOST_PAIRS:
        yield old, new
    else:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for _, i, j, k, m in matcher.get_opcodes():
            yield old[i:j], new[k:m]
    if end:
        yield before[len(before) - end :], after[len(after) - end :]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items at the beginning are the same."""
    for index, (mine, yours) in enumerate(zip(one, other, strict=False)):
        if mine != yours:
            return index
    return min(len(one), len(other))


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Without empty pieces, and neighbours of one kind as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and piece.text and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return joined
