"""Which answer to a follow-up gets the tick of a point that was made when asked. Pure."""

from collections.abc import Sequence
from typing import NamedTuple


class AnswerWhenAsked(NamedTuple):
    """The answer to a follow-up. asked_point: the index of the point that it asked for.

    ticks: which points it makes now, as its candidate ticked, else as suggested; suggested: as an
    engine found; both of shape (n,), or None.
    """

    asked_point: int
    ticks: Sequence[bool] | None
    suggested: Sequence[bool] | None

    def has(self, point: int) -> bool:
        return bool(self.ticks and self.ticks[point])

    def was_found(self, point: int) -> bool:
        return bool(self.suggested and self.suggested[point])


def ticks_when_asked(
    answers: Sequence[AnswerWhenAsked],
    ticks: Sequence[bool],
    when_asked: Sequence[bool],
    counted: Sequence[bool] | None = None,
) -> list[list[bool]]:
    """For each answer to a follow-up the ticks that it gets, of shape (n,) as the others.

    ticks: which points the answer to the question makes. when_asked: which ones were made when
    asked; a point of neither is missed, and gets no tick. A point made when asked keeps the ticks
    that it has. If it has none, the answer to the follow-up that asked for it gets one, else the
    first answer in which an engine found it, else the first one. The ticks of a point that the
    answer to the question makes stay, because they do not count, and so do those of a point that
    was withdrawn.
    """
    points = range(len(ticks))
    counts = [True] * len(ticks) if counted is None else counted
    stay = [ticks[point] or not counts[point] for point in points]
    place = {
        point: _place_of(answers, point)
        for point in points
        if when_asked[point] and not stay[point]
    }

    def gets(number: int, point: int) -> bool:
        has = answers[number].has(point)
        if stay[point]:
            return has
        return point in place and (has or place[point] == number)

    return [[gets(number, point) for point in points] for number in range(len(answers))]


def _place_of(answers: Sequence[AnswerWhenAsked], point: int) -> int | None:
    """The number of the answer that gets the tick of a point; None if one has it already."""
    numbers = range(len(answers))
    if any(each.has(point) for each in answers):
        return None
    asked_for = (n for n in numbers if answers[n].asked_point == point)
    found = (n for n in numbers if answers[n].was_found(point))
    return next(asked_for, next(found, next(iter(numbers), None)))
