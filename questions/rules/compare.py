"""What differs between two texts, word by word. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

SAME, ADDED, REMOVED = "same", "added", "removed"

Pair = tuple[Sequence[str], Sequence[str]]

MOST_STEPS = 10_000_000
"""The most that the matching of two texts may take: about a tenth of a second."""


@dataclass(frozen=True)
class Piece:
    """A run of words, each with the spaces after it. kind: SAME, ADDED or REMOVED."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces without the added ones make `before`; without the removed ones, `after`.

    What was removed comes before what was added in its place. Lines are matched first, then the
    words of lines that differ. Texts that are too long for that differ as a whole.
    """
    lines = [text.splitlines(keepends=True) for text in (before, after)]
    return _joined(_Matching().by_lines(*lines))


def changed_words(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """The pieces of each text, to be read side by side.

    REMOVED in the first and ADDED in the second are the words that the other text does not have
    there. Blanks and line ends make no difference. Texts that are too long for that differ as a
    whole.
    """
    old, new = _words(before), _words(after)
    left, right = iter(old), iter(new)
    pieces: tuple[list[Piece], list[Piece]] = [], []
    for removed, added in _Matching().runs(_seen(old), _seen(new)):
        is_same = removed == added
        for side, words, run, kind in (0, left, removed, REMOVED), (1, right, added, ADDED):
            text = "".join(islice(words, len(run)))
            seen = len(text.rstrip())
            pieces[side].append(Piece(SAME if is_same else kind, text[:seen]))
            pieces[side].append(Piece(SAME, text[seen:]))
    return _joined(iter(pieces[0])), _joined(iter(pieces[1]))


class _Matching:
    """The matching of two texts. Each matched run uses up steps; the others get what is left."""

    steps_left = MOST_STEPS

    def by_lines(self, before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
        for old, new in self.runs(before, after):
            if old == new:
                yield Piece(SAME, "".join(old))
            else:
                yield from self._by_words(_words("".join(old)), _words("".join(new)))

    def _by_words(self, before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
        for old, new in self.runs(before, after):
            if old == new:
                yield Piece(SAME, "".join(old))
            else:
                yield Piece(REMOVED, "".join(old))
                yield Piece(ADDED, "".join(new))

    def runs(self, before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
        """Pairs of runs that are equal or replace each other."""
        start = _common(before, after)
        end = _common(before[start:][::-1], after[start:][::-1])
        if start:
            yield before[:start], after[:start]
        old, new = before[start : len(before) - end], after[start : len(after) - end]
        steps = _steps(old, new)
        if steps > self.steps_left:
            yield old, new
        else:
            self.steps_left -= steps
            matcher = SequenceMatcher(None, old, new, autojunk=False)
            for _, i, j, k, m in matcher.get_opcodes():
                yield old[i:j], new[k:m]
        if end:
            yield before[len(before) - end :], after[len(after) - end :]


def _steps(old: Sequence[str], new: Sequence[str]) -> int:
    """The most steps that matching takes: for each match, a look at all pairs of equal items."""
    times = Counter(new)
    return min(len(old), len(new)) * (len(old) + sum(times[item] for item in old))


def _words(text: str) -> list[str]:
    """Words, each with the spaces after it. Spaces at the beginning are a word of their own."""
    return re.findall(r"\S+\s*|\s+", text)


def _seen(words: Sequence[str]) -> list[str]:
    """The words without the spaces after them."""
    return [word.strip() for word in words]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items at the beginning are the same."""
    for index, (mine, yours) in enumerate(zip(one, other, strict=False)):
        if mine != yours:
            return index
    return min(len(one), len(other))


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """The pieces without empty ones, and with neighbours of the same kind as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and piece.text and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return joined
