"""Where in an answer the sentences stand that earned its points. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Passage:
    """A stretch of the answer. points: numbers, from 1, of the key points it is evidence for."""

    text: str
    points: tuple[int, ...] = ()


def passages(answer: str, evidence: Sequence[str | None]) -> list[Passage]:
    """Cut an answer at the ends of its evidence; put together again they are the answer.

    evidence: for each key point the part of the answer that shows it, or None. A part that is
    not in the answer is passed over; where parts overlap, the stretch belongs to each of them.
    """
    spans = []
    for number, part in enumerate(evidence, start=1):
        start = answer.find(part) if part else -1
        if part and start >= 0:
            spans.append((start, start + len(part), number))
    cuts = sorted({0, len(answer), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    found = []
    for start, end in pairwise(cuts):
        points = tuple(number for s, e, number in spans if s <= start and end <= e)
        found.append(Passage(answer[start:end], points))
    return found
