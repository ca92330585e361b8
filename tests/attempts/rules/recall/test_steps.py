from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from attempts.rules.recall.due import Review
from attempts.rules.recall.steps import Step, is_weak, step_of

DAY = datetime(2026, 3, 1, 9, tzinfo=UTC)


def answered(share: str | None, days_ago: float = 0) -> Review | None:
    return None if share is None else Review(DAY - timedelta(days=days_ago), Decimal(share))


@pytest.mark.parametrize(
    ("last", "before", "days_between", "step"),
    [
        (None, None, 0, Step.NOT_TRIED),
        ("0", None, 0, Step.STARTED),
        ("0.5999", "1", 3, Step.STARTED),
        ("0.6", None, 0, Step.SOLID),
        ("1", None, 0, Step.SOLID),
        ("1", "0.8499", 3, Step.SOLID),
        ("0.8499", "1", 3, Step.SOLID),
        ("0.85", "0.85", 3, Step.STRONG),
        ("1", "1", 1, Step.STRONG),
        ("1", "1", 0.1, Step.SOLID),
    ],
)
def test_each_step_follows_from_the_last_two_answers(last, before, days_between, step):
    assert step_of(answered(last), answered(before, days_between)) == step


@pytest.mark.parametrize(
    ("share", "weak"), [(None, False), ("0", True), ("0.5999", True), ("0.6", False)]
)
def test_a_question_is_weak_by_its_last_answer(share, weak):
    assert is_weak(share and Decimal(share)) is weak
