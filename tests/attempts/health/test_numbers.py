"""Which number is bad, and what is told of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from attempts.health.figures import MOST, Figures
from attempts.health.numbers import numbers

WELL = Figures(
    live=3,
    overdue=0,
    overdue_for=timedelta(),
    waiting=0,
    waiting_for=timedelta(),
    late=0,
    conflicts=0,
    connections=10,
    most_connections=100,
)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("changes", "bad"),
    [
        ({}, []),
        ({"overdue": 40, "overdue_for": 120 * SECOND}, []),
        ({"overdue": 1, "overdue_for": 121 * SECOND}, [1]),
        ({"waiting": 900, "waiting_for": 300 * SECOND}, []),
        ({"waiting": 1, "waiting_for": 301 * SECOND}, [2]),
        ({"late": 15, "conflicts": 5}, []),
        ({"late": 15, "conflicts": 6}, [3]),
        ({"late": 60, "conflicts": 6, "live": 500}, []),
        ({"connections": 80}, []),
        ({"connections": 81}, [4]),
        ({"live": 100_000}, []),
    ],
)
def test_a_number_is_bad_only_when_somebody_has_to_do_something(changes, bad):
    told = numbers(replace(WELL, **changes))
    assert len(told) == 5
    assert [place for place, number in enumerate(told) if number.advice] == bad


@pytest.mark.parametrize(
    ("seconds", "detail"),
    [(5, "the first for 5 s"), (119, "the first for 119 s"), (120, "the first for 2 min"),
     (7199, "the first for 119 min"), (7200, "the first for 2 h")],
)  # fmt: skip
def test_how_long_something_waits(seconds, detail):
    assert numbers(replace(WELL, waiting=1, waiting_for=seconds * SECOND))[2].detail == detail


def test_what_is_not_counted_to_its_end_says_so():
    assert numbers(replace(WELL, waiting=MOST))[2].value == "10,000 or more"
    assert numbers(replace(WELL, live=1234))[0].value == "1,234"
