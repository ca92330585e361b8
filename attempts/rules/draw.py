"""Which questions an interview asks this time. Pure; the same seed draws the same questions."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class DrawableQuestion:
    """A question that could be asked. seen_at: when this person was last asked it."""

    id: int
    topic: int
    difficulty: int
    seen_at: datetime | None = None


@dataclass(frozen=True)
class Place:
    """One place to fill: by a given question, or by any of a topic (None: any) and difficulty."""

    question: int | None = None
    topic: int | None = None
    difficulty: tuple[int, int] = (1, 3)

    def admits(self, candidate: DrawableQuestion) -> bool:
        if self.question is not None:
            return candidate.id == self.question
        low, high = self.difficulty
        return self.topic in (None, candidate.topic) and low <= candidate.difficulty <= high


class CannotFill(Exception):
    """The bank has too few questions for these places. places: indexes of those left empty."""

    def __init__(self, places: list[int]):
        super().__init__(f"{len(places)} question(s) are missing")
        self.places = places


def draw(places: Sequence[Place], candidates: Sequence[DrawableQuestion], seed: int) -> list[int]:
    """The id of a question for each place, no question twice.

    Questions never seen come first, then those seen longest ago; the seed decides among equals.
    Taking them in that order, each one that still leaves the others a place, gives the best set
    there is and fills every place whenever that is possible at all (greedy on a transversal
    matroid: Edmonds and Fulkerson 1965). Raises CannotFill.
    """
    if not places:
        raise CannotFill([0])  # an interview asks at least one question
    rng = random.Random(seed)
    fixed = {place.question for place in places if place.question is not None}
    pool = [(rng.random(), c) for c in sorted(candidates, key=lambda candidate: candidate.id)]
    never = datetime.min.replace(tzinfo=UTC)
    pool.sort(key=lambda pair: (pair[1].id not in fixed, pair[1].seen_at or never, pair[0]))

    filled: dict[int, DrawableQuestion] = {}
    for _, candidate in pool:
        if len(filled) == len(places):
            break
        _seat(candidate, places, filled, set(), reserved=fixed)
    if len(filled) < len(places):
        raise CannotFill([i for i in range(len(places)) if i not in filled])
    return [filled[i].id for i in range(len(places))]


def _seat(
    candidate: DrawableQuestion,
    places: Sequence[Place],
    filled: dict[int, DrawableQuestion],
    tried: set[int],
    *,
    reserved: set[int],
) -> bool:
    """Give the candidate a place, moving others to another place of theirs where that helps."""
    for index, place in enumerate(places):
        if index in tried or not place.admits(candidate):
            continue
        if place.question is None and candidate.id in reserved:
            continue
        tried.add(index)
        if index not in filled or _seat(filled[index], places, filled, tried, reserved=reserved):
            filled[index] = candidate
            return True
    return False
