"""How old what a replica has is."""

import pytest

from quizsite.database.replica.freshness import KEPT, Freshness

UNKNOWN = float("inf")


@pytest.mark.parametrize(
    ("primary", "replica", "age"),
    [
        ([], 100, UNKNOWN),
        ([(1, 100)], 99, UNKNOWN),
        ([(1, 100)], 100, 9),
        ([(1, 100), (3, 100), (5, 100)], 100, 5),  # nothing was written since
        ([(1, 100), (3, 200), (5, 300)], 250, 7),
        ([(1, 100), (3, 200), (5, 300)], 900, 5),
        ([(1, 500), (3, 200)], 250, 7),  # another primary, which had less
    ],
)
def test_the_age_is_that_of_the_newest_position_it_has_reached(primary, replica, age):
    freshness = Freshness()
    for now, position in primary:
        freshness.primary_is_at(position, now)
    freshness.replica_is_at(replica)
    assert freshness.age(10) == age


def test_a_replica_that_is_cut_off_grows_old_although_it_has_all_that_it_got():
    freshness = Freshness()
    freshness.primary_is_at(100, 0)
    freshness.replica_is_at(100)
    for second in range(2, 200, 2):
        freshness.primary_is_at(100 + second, second)
        freshness.replica_is_at(100)
    assert freshness.age(200) == 200
    assert len(freshness._ahead) <= KEPT
    freshness.replica_is_at(1000)
    assert freshness.age(200) == 2


def test_what_it_once_had_it_has():
    freshness = Freshness()
    freshness.primary_is_at(100, 0)
    freshness.replica_is_at(100)
    freshness.replica_is_at(50)
    assert freshness.age(1) == 1
