from datetime import timedelta
from decimal import Decimal

import pytest

from attempts.rules.my_questions.listing import (
    Filter,
    Listed,
    Sort,
    State,
    chosen,
    ordered,
    steps_of,
)
from attempts.rules.recall.steps import Step
from tests.factories import START

NOW = START


def row(pk: int, **fields) -> Listed:
    fields = {"topic_id": 1, "topic": "Serving", "level": 1, **fields}
    return Listed(pk=pk, place=(fields["topic_id"], fields["topic"], 1, pk, pk), **fields)


def tried(pk: int, share: str, days: int, **fields) -> Listed:
    """Answered with this share, and due in so many days."""
    at = NOW + timedelta(days=days)
    step = Step.STARTED if Decimal(share) < Decimal("0.6") else Step.SOLID
    fields = {"is_asked": True, "step": step, **fields}
    return row(pk, share=Decimal(share), due_at=at, **fields)


BANK = [
    row(1, topic_id=2, topic="Training", level=3),
    tried(2, "0.5999", 3),
    tried(3, "0.6", -2, level=2, is_bookmarked=True),
    tried(4, "0", 0, topic_id=2, topic="Training"),
    tried(5, "0.9", -9, is_published=False),
    row(6, is_asked=True),
    tried(7, "1", 30, step=Step.STRONG),
]


def ids(rows) -> list[int]:
    return [each.pk for each in rows]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), [1, 2, 3, 4, 5, 6, 7]),
        (Filter(state=State.DUE), [3, 4]),
        (Filter(state=State.WEAK), [2, 4]),
        (Filter(state=State.BOOKMARKED), [3]),
        (Filter(state=State.NEVER_ASKED), [1]),
        (Filter(state=State.NOT_TRIED), [1, 6]),
        (Filter(state=State.STARTED), [2, 4]),
        (Filter(state=State.SOLID), [3, 5]),
        (Filter(state=State.STRONG), [7]),
        (Filter(topic_id=2), [1, 4]),
        (Filter(level=3), [1]),
        (Filter(matching={2, 4}), [2, 4]),
        (Filter(matching=set()), []),
        (Filter(matching={2, 4}, topic_id=2, level=1, state=State.WEAK), [4]),
    ],
)
def test_a_question_is_listed_if_it_has_everything_that_is_wanted(wanted, found):
    assert ids(chosen(BANK, wanted, NOW)) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        # 5 is due longest, but it is not published any more.
        (Sort.DUE, [3, 4, 2, 7, 5, 6, 1]),
        (Sort.TOPIC, [2, 3, 5, 6, 7, 1, 4]),
        (Sort.SHARE, [4, 2, 3, 5, 7, 6, 1]),
    ],
)
def test_the_order_of_the_list(sort, order):
    assert ids(ordered(BANK, sort)) == order


def test_nothing_is_in_order():
    assert [ordered([], sort) for sort in Sort] == [[], [], []]


def test_each_step_is_counted_also_one_without_questions():
    assert list(steps_of(BANK).items()) == [
        (Step.NOT_TRIED, 2),
        (Step.STARTED, 2),
        (Step.SOLID, 2),
        (Step.STRONG, 1),
    ]
    assert sum(steps_of([]).values()) == 0
