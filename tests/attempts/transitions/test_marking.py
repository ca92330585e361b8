from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist

from attempts.rules.lifecycle import IllegalTransition
from tests.attempts.candidate import start_candidate

pytestmark = pytest.mark.django_db


def finished(*texts):
    """An attempt of so many questions, each with two key points."""
    candidate = start_candidate(questions=len(texts))
    for position, text in enumerate(texts, start=1):
        candidate.save(position, text, at=position)
    candidate.finish(at=50)
    return candidate


def test_ticks_are_stored_and_make_the_score():
    candidate = finished("one", "two", "")
    locked, answer = candidate.mark(1, [True, False], at=60)
    assert (candidate.answer(1).confirmed, candidate.answer(1).share) == (
        [True, False],
        Decimal("0.5"),
    )
    assert locked.attempt.score == candidate.attempt.score == Decimal("16.67")
    assert answer.position == 1


def test_ticks_can_be_changed_and_taken_back():
    candidate = finished("one")
    scores = []
    for ticks in ([True, True], [True, False], [False, False]):
        candidate.mark(1, ticks, at=60)
        scores.append(candidate.attempt.score)
    assert scores == [100, 50, 0]
    assert candidate.answer(1).confirmed == [False, False]


@pytest.mark.parametrize("ticks", [[], [True], [True, True, True]])
def test_there_is_one_tick_for_each_key_point(ticks):
    candidate = finished("one")
    with pytest.raises(ValueError, match="key point"):
        candidate.mark(1, ticks, at=60)
    assert candidate.attempt.score is None


def test_an_unanswered_question_cannot_be_marked():
    candidate = finished("one", " \n")
    with pytest.raises(IllegalTransition):
        candidate.mark(2, [True, True], at=60)
    assert candidate.answer(2).share is None


def test_a_running_attempt_cannot_be_marked():
    candidate = start_candidate()
    candidate.save(1, "one", at=1)
    with pytest.raises(IllegalTransition):
        candidate.mark(1, [True, True], at=60)


def test_a_discarded_attempt_cannot_be_marked():
    candidate = start_candidate()
    candidate.save(1, "one", at=1)
    candidate.discard(at=50)
    with pytest.raises(IllegalTransition):
        candidate.mark(1, [True, True], at=60)


def test_a_position_that_is_not_there_cannot_be_marked():
    with pytest.raises(ObjectDoesNotExist):
        finished("one").mark(2, [True, True], at=60)
