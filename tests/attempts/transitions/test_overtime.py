import pytest

from attempts.rules.lifecycle import State
from attempts.rules.save_verdicts import Verdict
from tests.attempts.candidate import EACH, OVERTIME, TOTAL, after, start_candidate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_overtime_keeps_the_text_at_the_bell_and_goes_on(timing):
    candidate = start_candidate(timing, 1, pace=OVERTIME)
    candidate.save(1, "at the bell", at=59)

    saved = candidate.save(1, "at the bell, and on", at=90, sequence=2)

    answer = candidate.answer(1)
    assert (saved.verdict, saved.attempt.state) == (Verdict.ACCEPTED, State.RUNNING)
    assert (answer.text_at_deadline, answer.text) == ("at the bell", "at the bell, and on")


def test_the_text_at_the_bell_is_what_the_page_held_then():
    candidate = start_candidate(TOTAL, 1, pace=OVERTIME)
    candidate.save(1, "saved", at=50)
    candidate.save(1, "saved, and typed since", at=61, sequence=2, automatic=True, at_bell=True)
    assert candidate.answer(1).text_at_deadline == "saved, and typed since"


def test_after_the_grace_the_text_at_the_bell_stays():
    candidate = start_candidate(TOTAL, 1, pace=OVERTIME)
    candidate.save(1, "saved", at=50)
    candidate.save(1, "much later", at=76, sequence=2, at_bell=True)
    assert (candidate.answer(1).text_at_deadline, candidate.answer(1).text) == (
        "saved",
        "much later",
    )


def test_the_bell_of_the_next_question_is_not_that_of_the_one_before():
    candidate = start_candidate(EACH, 2, seconds_each=10, pace=OVERTIME)
    candidate.save(1, "at the bell", at=9)
    candidate.settle(at=20)  # overtime is over, and the second question's bell rings at 30
    candidate.save(1, "in overtime", at=32, sequence=2, at_bell=True)
    assert (candidate.answer(1).text_at_deadline, candidate.answer(1).text) == (
        "at the bell",
        "in overtime",
    )


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_overtime_ends_after_as_much_time_again(timing):
    candidate = start_candidate(timing, 1, pace=OVERTIME)
    candidate.save(1, "at the bell", at=59)
    assert candidate.settle(at=119.9).attempt.is_running
    assert candidate.settle(at=500).attempt.state == State.EXPIRED
    assert candidate.attempt.finished_at == after(120)
    assert candidate.answer(1).text_at_deadline == "at the bell"


def test_with_one_clock_for_all_every_answers_text_at_the_bell_is_kept():
    candidate = start_candidate(TOTAL, 3, pace=OVERTIME)
    candidate.save(1, "one", at=10)
    candidate.save(3, "three", at=20)
    candidate.settle(at=181)
    assert [candidate.answer(p).text_at_deadline for p in (1, 2, 3)] == ["one", "", "three"]


def test_finishing_before_the_bell_leaves_no_text_at_the_bell():
    candidate = start_candidate(TOTAL, 1, pace=OVERTIME)
    candidate.save(1, "done", at=10)
    candidate.finish(at=20)
    assert candidate.answer(1).text_at_deadline is None
