from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts import transitions
from attempts.models import ClosedBy, FinishReason, Schedule
from attempts.rules.lifecycle import IllegalTransition, State
from attempts.transitions.starting import Pace
from tests.attempts.candidate import (
    EACH,
    OVERTIME,
    TOTAL,
    Candidate,
    after,
    start_candidate,
)

pytestmark = pytest.mark.django_db

REFUSE = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'refused'; END $$;
CREATE TRIGGER refuse BEFORE UPDATE ON attempts_attempt FOR EACH ROW
    WHEN (OLD.id = '{pk}') EXECUTE FUNCTION refuse()
"""


# --- finish ---------------------------------------------------------------------------------


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_finish_before_the_deadline_is_a_submission(timing):
    candidate = start_candidate(timing, 3)
    candidate.save(1, "one", at=10)

    finished = candidate.finish(at=20)

    assert (finished.state, finished.finish_reason) == (State.SUBMITTED, FinishReason.SUBMITTED)
    assert candidate.attempt.finished_at == after(20)
    closed = [candidate.answer(position) for position in (1, 2, 3)]
    assert {(a.closed_at, a.closed_by) for a in closed} == {(after(20), ClosedBy.FINISH)}
    assert [a.time_spent.total_seconds() for a in closed] == [20, 0, 0]
    assert candidate.open_positions == []


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_finish_after_the_deadline_is_dated_at_the_deadline(timing):
    candidate = start_candidate(timing, 3)

    finished = candidate.finish(at=500)

    assert (finished.state, finished.finish_reason) == (State.EXPIRED, FinishReason.DEADLINE)
    assert candidate.attempt.finished_at == after(180)
    assert all(candidate.answer(p).closed_by == ClosedBy.DEADLINE for p in (1, 2, 3))


def test_finish_at_the_very_deadline_has_expired():
    candidate = start_candidate(TOTAL)
    assert candidate.finish(at=180).state == State.EXPIRED


def test_finish_in_overtime_is_a_submission_of_that_moment():
    candidate = start_candidate(TOTAL, pace=OVERTIME)
    assert candidate.finish(at=200).state == State.SUBMITTED
    assert candidate.attempt.finished_at == after(200)


def test_of_two_requests_the_later_may_be_served_first():
    candidate = start_candidate(TOTAL)
    candidate.move(1, 2, at=20)
    candidate.move(2, 3, at=19.9)
    candidate.finish(at=19.8)
    assert [candidate.answer(p).time_spent.total_seconds() for p in (1, 2, 3)] == [20, 0, 0]


def test_finishing_again_changes_nothing():
    candidate = start_candidate()
    candidate.finish(at=20)
    assert candidate.finish(at=50).finished_at == after(20)
    assert candidate.finish(at=5000).state == State.SUBMITTED


def test_finishing_a_discarded_attempt_changes_nothing():
    candidate = start_candidate()
    candidate.discard(at=20)
    assert candidate.finish(at=50).state == State.DISCARDED


def test_without_answers_the_score_is_zero_at_once():
    candidate = start_candidate()
    assert candidate.finish(at=20).score == 0


def test_what_was_written_is_not_scored_yet():
    candidate = start_candidate()
    candidate.save(1, "one", at=10)
    assert candidate.finish(at=20).score is None


# --- discard --------------------------------------------------------------------------------


def test_discard_ends_without_a_result_and_keeps_the_texts():
    candidate = start_candidate()
    candidate.save(1, "one", at=10)

    candidate.discard(at=20)

    attempt = candidate.attempt
    assert (attempt.state, attempt.finished_at) == (State.DISCARDED, after(20))
    assert (attempt.finish_reason, attempt.score) == ("", None)
    assert candidate.answer(1).text == "one"


def test_a_new_attempt_may_start_after_a_discard():
    candidate = start_candidate()
    candidate.discard(at=20)
    assert start_candidate(owner=candidate.owner, at=21).pk != candidate.pk


@pytest.mark.parametrize("ended", [Candidate.finish, Candidate.discard])
def test_an_ended_attempt_cannot_be_discarded(ended):
    candidate = start_candidate()
    ended(candidate, at=20)
    before = candidate.attempt.state
    with pytest.raises(IllegalTransition):
        candidate.discard(at=30)
    assert (candidate.attempt.state, candidate.attempt.finished_at) == (before, after(20))


def test_an_overdue_attempt_cannot_be_discarded():
    candidate = start_candidate()
    with pytest.raises(IllegalTransition):
        candidate.discard(at=181)
    assert candidate.settle(at=181).attempt.state == State.EXPIRED


# --- the sweep ------------------------------------------------------------------------------


def test_the_sweep_ends_what_is_overdue_at_its_deadline_and_nothing_else():
    overdue = [start_candidate(TOTAL, 1), start_candidate(EACH, 1)]
    running = [
        start_candidate(TOTAL, 3),
        start_candidate(EACH, 3),
        start_candidate(TOTAL, 1, pace=OVERTIME),
    ]
    finished = start_candidate(TOTAL, 1)
    finished.finish(at=5)

    assert transitions.finish_overdue(now=after(100)) == 2

    for candidate in overdue:
        assert (candidate.attempt.state, candidate.attempt.finished_at) == (
            State.EXPIRED,
            after(60),
        )
    assert all(candidate.attempt.is_running for candidate in running)
    assert finished.attempt.finished_at == after(5)


def test_the_sweep_has_nothing_to_do_the_second_time():
    start_candidate(TOTAL, 1)
    assert transitions.finish_overdue(now=after(100)) == 1
    assert transitions.finish_overdue(now=after(200)) == 0


def test_the_sweep_scores_what_it_ends():
    candidate = start_candidate(TOTAL, 1)
    transitions.finish_overdue(now=after(100))
    assert candidate.attempt.score == 0


def test_the_sweep_keeps_the_text_at_the_bell_and_ends_overtime_in_its_time():
    candidate = start_candidate(TOTAL, 1, pace=OVERTIME)
    candidate.save(1, "at the bell", at=10)
    assert transitions.finish_overdue(now=after(61)) == 0
    assert candidate.answer(1).text_at_deadline == "at the bell"
    assert transitions.finish_overdue(now=after(120)) == 1
    assert candidate.attempt.finished_at == after(120)


def test_the_sweep_leaves_attempts_without_a_clock_alone():
    candidate = start_candidate(TOTAL, pace=Pace(time_factor=None))
    assert transitions.finish_overdue(now=after(10**8)) == 0
    assert candidate.attempt.is_running


def test_the_sweep_takes_as_few_statements_for_many_attempts_as_for_one():
    taken = []
    for many in (1, 8):
        for number in range(many):
            candidate = start_candidate(EACH if number % 2 else TOTAL, 2)
            candidate.save(1, "Words.", at=5)
        with CaptureQueriesContext(connection) as queries:
            assert transitions.finish_overdue(now=after(1000)) == many
        taken.append(len(queries))
    assert taken[1] <= taken[0] + 2
    assert taken[1] < 16


def test_an_attempt_that_cannot_end_does_not_stop_the_others(caplog):
    broken, *others = [start_candidate(TOTAL, 1) for _ in range(4)]
    with connection.cursor() as cursor:
        cursor.execute(REFUSE.format(pk=broken.attempt.pk))
    assert transitions.finish_overdue(now=after(100)) == 3
    assert broken.attempt.is_running
    assert {candidate.attempt.state for candidate in others} == {State.EXPIRED}
    assert str(broken.attempt.pk) in caplog.text


def test_the_sweep_schedules_what_each_owner_had_reached():
    first, second = start_candidate(TOTAL, 1), start_candidate(TOTAL, 1)
    transitions.finish_overdue(now=after(100))
    for candidate in (first, second):
        (row,) = Schedule.objects.owned_by(candidate.owner)
        assert row.question_id == candidate.answer(1).version.question_id
        assert row.answered_at == after(60)


# --- scores ---------------------------------------------------------------------------------


def test_time_used_is_from_start_to_end():
    candidate = start_candidate()
    assert candidate.finish(at=75).time_used == timedelta(seconds=75)


def test_an_attempt_with_one_of_three_scored_is_the_mean_of_all_three():
    candidate = start_candidate()
    candidate.save(1, "one", at=10)
    candidate.finish(at=20)
    candidate.mark(1, [True, False], at=30)
    assert candidate.attempt.score == Decimal("16.67")
