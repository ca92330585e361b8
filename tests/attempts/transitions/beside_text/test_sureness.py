"""How sure a candidate is of an answer, said before the score is shown."""

from decimal import Decimal

import pytest

from attempts import transitions
from attempts.models import Answer, Sureness
from attempts.rules.lifecycle import IllegalTransition
from tests.attempts.candidate import EACH, TOTAL, a_guest, start_candidate

pytestmark = pytest.mark.django_db


def said(candidate) -> list[int | None]:
    return list(candidate.attempt.answers.values_list("sureness", flat=True))


def test_it_is_said_of_the_open_question_and_can_be_changed_or_taken_back():
    candidate = start_candidate(EACH)
    for sureness in (Sureness.SURE, Sureness.NOT_SURE, None):
        candidate.say_sure(1, sureness, at=5)
        assert said(candidate) == [sureness, None, None]


def test_with_per_question_timing_only_of_the_question_that_is_open():
    candidate = start_candidate(EACH)
    candidate.submit(1, "one", at=5)
    for position in (1, 3):
        with pytest.raises(IllegalTransition):
            candidate.say_sure(position, Sureness.SURE, at=6)
    assert said(candidate) == [None, None, None]


def test_with_one_clock_for_all_of_every_question():
    candidate = start_candidate(TOTAL)
    for position in (3, 1):
        candidate.say_sure(position, Sureness.FAIRLY_SURE, at=5)
    assert said(candidate) == [2, None, 2]


def test_the_clock_may_have_closed_the_question():
    candidate = start_candidate(EACH)
    with pytest.raises(IllegalTransition):
        candidate.say_sure(1, Sureness.SURE, at=61)
    assert said(candidate) == [None, None, None]


@pytest.mark.parametrize("timing", [TOTAL, EACH])
@pytest.mark.parametrize("end", ["finish", "discard"])
def test_it_is_not_said_after_the_end(timing, end):
    candidate = start_candidate(timing)
    candidate.say_sure(1, Sureness.SURE, at=5)
    getattr(candidate, end)(at=10)
    with pytest.raises(IllegalTransition):
        candidate.say_sure(1, Sureness.NOT_SURE, at=11)
    assert said(candidate) == [3, None, None]


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_who_has_seen_the_score_says_it_no_more(timing):
    candidate = start_candidate(timing, questions=1)
    candidate.save(1, "one", at=5)
    candidate.settle(at=61)
    candidate.mark(1, [True, False], at=62)
    candidate.add_time(1, at=70)
    assert candidate.attempt.is_running
    with pytest.raises(IllegalTransition):
        candidate.say_sure(1, Sureness.SURE, at=80)
    candidate.save(1, "something new", at=90, revision=1)
    candidate.say_sure(1, Sureness.SURE, at=91)  # of a text that has no score
    assert said(candidate) == [3]


def test_of_somebody_elses_answer_nothing_is_said():
    candidate = start_candidate(TOTAL)
    with pytest.raises(candidate.attempt.DoesNotExist):
        transitions.say_sureness(
            a_guest(), candidate.pk, 1, Sureness.SURE, now=candidate.attempt.started_at
        )
    with pytest.raises(Answer.DoesNotExist):
        candidate.say_sure(4, Sureness.SURE, at=5)
    assert said(candidate) == [None, None, None]


def test_it_leaves_text_and_score_alone():
    candidate = start_candidate(TOTAL, questions=1)
    candidate.save(1, "one", at=5)
    candidate.say_sure(1, Sureness.SURE, at=6)
    answer = candidate.answer(1)
    assert (answer.text, answer.revision, answer.writer) == ("one", 1, "writer-1")
    candidate.finish(at=10)
    candidate.mark(1, [True, False], at=12)
    assert candidate.attempt.score == Decimal(50)
    assert said(candidate) == [3]
