from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist

from attempts.rules.lifecycle import IllegalTransition
from tests.attempts.seat import take_seat

pytestmark = pytest.mark.django_db


def finished(*texts):
    """An attempt of so many questions, each with two key points."""
    seat = take_seat(questions=len(texts))
    for position, text in enumerate(texts, start=1):
        seat.save(position, text, at=position)
    seat.finish(at=50)
    return seat


def test_ticks_are_stored_and_make_the_score():
    seat = finished("one", "two", "")
    desk, answer = seat.mark(1, [True, False], at=60)
    assert (seat.answer(1).confirmed, seat.answer(1).share) == ([True, False], Decimal("0.5"))
    assert desk.attempt.score == seat.attempt.score == Decimal("16.67")
    assert answer.position == 1


def test_ticks_can_be_changed_and_taken_back():
    seat = finished("one")
    scores = []
    for ticks in ([True, True], [True, False], [False, False]):
        seat.mark(1, ticks, at=60)
        scores.append(seat.attempt.score)
    assert scores == [100, 50, 0]
    assert seat.answer(1).confirmed == [False, False]


@pytest.mark.parametrize("ticks", [[], [True], [True, True, True]])
def test_there_is_one_tick_for_each_key_point(ticks):
    seat = finished("one")
    with pytest.raises(ValueError, match="key point"):
        seat.mark(1, ticks, at=60)
    assert seat.attempt.score is None


def test_an_unanswered_question_cannot_be_marked():
    seat = finished("one", " \n")
    with pytest.raises(IllegalTransition):
        seat.mark(2, [True, True], at=60)
    assert seat.answer(2).share is None


def test_a_running_attempt_cannot_be_marked():
    seat = take_seat()
    seat.save(1, "one", at=1)
    with pytest.raises(IllegalTransition):
        seat.mark(1, [True, True], at=60)


def test_an_attempt_that_was_thrown_away_cannot_be_marked():
    seat = take_seat()
    seat.save(1, "one", at=1)
    seat.discard(at=50)
    with pytest.raises(IllegalTransition):
        seat.mark(1, [True, True], at=60)


def test_a_position_that_is_not_there_cannot_be_marked():
    with pytest.raises(ObjectDoesNotExist):
        finished("one").mark(2, [True, True], at=60)
