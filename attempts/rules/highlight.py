"""Where in an answer the evidence for its key points is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Passage:
    """A stretch of the answer. points: numbers, from 1, of the key points it is evidence for.

    ends: those of them whose evidence ends here.
    """

    text: str
    points: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def passages(answer: str, evidence: Sequence[str | None]) -> list[Passage]:
    """The answer, cut where evidence begins and ends. Joined again, the passages are the answer.

    evidence: for each key point the part of the answer that shows it, or None. A part that occurs
    several times is found at its first place, and one that does not occur is skipped. A stretch
    where parts overlap belongs to each of them.
    """
    spans = []
    for number, part in enumerate(evidence, start=1):
        start = answer.find(part) if part else -1
        if part and start >= 0:
            spans.append((start, start + len(part), number))
    cuts = sorted({0, len(answer), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    stretches = []
    for start, end in pairwise(cuts):
        points = tuple(number for s, e, number in spans if s <= start and end <= e)
        ends = tuple(number for s, e, number in spans if s < e == end)
        stretches.append(Passage(answer[start:end], points, ends))
    return stretches
