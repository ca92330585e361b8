from datetime import UTC, datetime, timedelta

import pytest

from attempts.rules.follow_ups.may_ask import may_follow

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(seconds=1), NOW - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("what", "position", "most", "others", "bell", "may"),
    [
        ("the first of one", 1, 1, [], LATER, True),
        ("without a clock", 1, 1, [], None, True),
        ("an interview without follow-ups", 1, 0, [], LATER, False),
        ("at the bell", 1, 1, [], NOW, False),
        ("in overtime", 1, 1, [], EARLIER, False),
        ("after the only one", 2, 1, [2], LATER, False),
        ("the second of two", 5, 2, [5], LATER, True),
        ("after the second of two", 6, 2, [5, 6], LATER, False),
        ("one waits for its turn again", 4, 2, [5], LATER, False),
    ],
)
def test_when_a_follow_up_may_come(what, position, most, others, bell, may):
    assert may_follow(position, most=most, others=others, bell=bell, now=NOW) == may, what
