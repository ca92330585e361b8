"""Which missed points to say next time: those of the weakest answers. Pure."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

MOST = 3

T = TypeVar("T")


def next_time(answers: Iterable[tuple[Decimal, Sequence[T]]], most: int = MOST) -> list[T]:
    """At most so many points: the weakest answers first, one of each before a second of any.

    answers: of each, in order, its share and the points that it misses, in the author's order.
    Answers with the same share stay in order.
    """
    weakest_first = sorted(answers, key=lambda answer: answer[0])
    rounds = range(max((len(missed) for _, missed in weakest_first), default=0))
    found = [missed[i] for i in rounds for _, missed in weakest_first if i < len(missed)]
    return found[:most]
