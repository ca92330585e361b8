from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from attempts.models import ClosedBy
from attempts.rules.lifecycle import IllegalTransition, State
from attempts.rules.save_verdicts import Verdict
from tests.attempts.candidate import EACH, TOTAL, after, start_candidate

pytestmark = pytest.mark.django_db


def test_submit_stores_closes_and_opens_the_next_one_at_once():
    candidate = start_candidate(EACH, 3)

    saved = candidate.submit(1, "done", at=20)

    first, second = candidate.answer(1), candidate.answer(2)
    assert saved.verdict == Verdict.ACCEPTED
    assert (first.text, first.closed_at) == ("done", after(20))
    assert (first.closed_by, first.time_spent) == (ClosedBy.SUBMITTED, timedelta(seconds=20))
    assert second.opened_at == after(20)
    assert candidate.attempt.deadline_at == after(140)


def test_submitting_the_last_question_of_per_question_timing_ends_the_attempt():
    candidate = start_candidate(EACH, 2)
    candidate.submit(1, "one", at=20)
    saved = candidate.submit(2, "two", at=50)
    assert (saved.attempt.state, saved.attempt.finish_reason) == (State.SUBMITTED, "submitted")
    assert candidate.attempt.finished_at == after(50)
    assert candidate.answer(2).closed_by == ClosedBy.SUBMITTED


def test_submitting_the_last_question_of_one_clock_for_all_stays_there():
    candidate = start_candidate(TOTAL, 2)
    candidate.submit(1, "one", at=20)
    saved = candidate.submit(2, "two", at=50)
    assert saved.attempt.is_running
    assert candidate.open_positions == [2]


def test_a_second_submit_does_not_skip_a_question():
    for timing in (TOTAL, EACH):
        candidate = start_candidate(timing, 3)
        candidate.submit(1, "done", at=20)
        candidate.submit(1, "done", at=20.01)
        assert candidate.open_positions == [2]


def test_skip_goes_on_and_stores_the_text_in_the_box():
    candidate = start_candidate(EACH, 2)
    candidate.skip(1, "a beginning", at=20)
    assert (candidate.answer(1).text, candidate.answer(1).closed_by) == (
        "a beginning",
        ClosedBy.SKIPPED,
    )
    assert candidate.open_positions == [2]


def test_submit_after_the_bell_counts_in_the_grace_and_does_not_skip_the_next_question():
    candidate = start_candidate(EACH, 3)
    saved = candidate.submit(1, "just before the bell", at=61)
    assert saved.verdict == Verdict.ACCEPTED
    assert candidate.answer(1).closed_by == ClosedBy.DEADLINE
    assert candidate.open_positions == [2]


def test_submit_with_a_conflict_waits_for_the_choice():
    for timing in (TOTAL, EACH):
        candidate = start_candidate(timing, 2)
        candidate.save(1, "from here", at=5)
        saved = candidate.submit(1, "from there", at=6, writer="writer-2")
        assert saved.verdict == Verdict.CONFLICT
        assert candidate.open_positions == [1]
        assert candidate.kept == [("other", "from there")]


def test_submit_with_one_clock_for_all_comes_back_to_the_same_question_as_it_was():
    candidate = start_candidate(TOTAL, 3)
    candidate.submit(1, "one", at=20)
    candidate.move(2, 1, at=50)
    candidate.settle(at=181)
    assert candidate.answer(1).closed_by == ClosedBy.DEADLINE
    assert candidate.answer(1).time_spent == timedelta(seconds=20 + 130)
    assert candidate.answer(2).time_spent == timedelta(seconds=30)


def test_submit_when_all_is_over_keeps_the_text():
    candidate = start_candidate(TOTAL, 1)
    saved = candidate.submit(1, "far too late", at=300)
    assert (saved.verdict, saved.attempt.state) == (Verdict.LATE, State.EXPIRED)
    assert candidate.kept == [("late", "far too late")]


def test_move_stores_the_text_and_opens_any_question():
    candidate = start_candidate(TOTAL, 3)
    saved = candidate.move(1, 3, at=20, text="so far")
    assert saved.verdict == Verdict.ACCEPTED
    assert (candidate.answer(1).text, candidate.open_positions) == ("so far", [3])
    assert candidate.answer(1).time_spent == timedelta(seconds=20)


def test_moving_to_where_one_is_changes_no_clock():
    candidate = start_candidate(TOTAL, 3)
    candidate.move(1, 1, at=20)
    assert candidate.answer(1).opened_at == after(0)


def test_moving_is_refused_with_per_question_timing():
    candidate = start_candidate(EACH, 3)
    with pytest.raises(IllegalTransition):
        candidate.move(1, 2, at=20)
    assert candidate.open_positions == [1]


def test_moving_to_a_question_that_is_not_there_changes_nothing():
    candidate = start_candidate(TOTAL, 3)
    with pytest.raises(ObjectDoesNotExist):
        candidate.move(1, 9, at=20)
    assert candidate.open_positions == [1]


def test_moving_after_the_end_leads_nowhere_and_keeps_the_text():
    candidate = start_candidate(TOTAL, 3)
    saved = candidate.move(1, 2, at=300, text="late")
    assert saved.attempt.state == State.EXPIRED
    assert candidate.kept == [("late", "late")]
