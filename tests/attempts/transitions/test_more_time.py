from datetime import timedelta

import pytest

from attempts.models import ClosedBy
from attempts.rules.lifecycle import IllegalTransition, State
from attempts.rules.save_verdicts import Verdict
from attempts.transitions.starting import Pace
from tests.attempts.candidate import EACH, OVERTIME, TOTAL, after, start_candidate

pytestmark = pytest.mark.django_db
FIVE = 300


def added(candidate):
    rows = candidate.attempt.added_times.all()
    return [(row.position, row.amount.total_seconds(), row.reason) for row in rows]


# --- settle ---------------------------------------------------------------------------------


def test_settling_before_the_bell_changes_nothing():
    candidate = start_candidate(EACH)
    candidate.settle(at=59.9)
    assert candidate.open_positions == [1]


def test_settling_writes_down_what_the_clock_has_done():
    candidate = start_candidate(EACH, 3)
    locked = candidate.settle(at=130)
    assert locked.current.position == 3
    assert [candidate.answer(p).closed_at for p in (1, 2, 3)] == [after(60), after(120), None]
    assert candidate.answer(2).time_spent == timedelta(seconds=60)
    assert candidate.attempt.deadline_at == after(180)


# --- five more minutes ----------------------------------------------------------------------


def test_one_clock_for_all_gets_five_more_minutes_before_the_bell():
    candidate = start_candidate(TOTAL)
    candidate.add_time(1, at=170)
    assert candidate.attempt.deadline_at == after(180 + FIVE)
    assert candidate.attempt.limit == timedelta(seconds=180 + FIVE)
    assert added(candidate) == [(None, FIVE, "asked")]


def test_with_per_question_timing_the_question_gets_five_more_minutes():
    candidate = start_candidate(EACH, 3)
    candidate.submit(1, "one", at=10)
    candidate.add_time(2, at=60)
    assert candidate.answer(2).limit == timedelta(seconds=60 + FIVE)
    assert candidate.attempt.deadline_at == after(10 + 60 + FIVE + 60)
    assert added(candidate) == [(2, FIVE, "asked")]


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_time_can_be_asked_for_as_often_as_wanted(timing):
    candidate = start_candidate(timing, 1)
    for times in range(6):
        candidate.add_time(1, at=60 + times * FIVE - 1)
    assert candidate.attempt.deadline_at == after(60 + 6 * FIVE)
    assert len(added(candidate)) == 6


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_a_second_click_adds_nothing(timing):
    candidate = start_candidate(timing, 1)
    candidate.add_time(1, at=50)
    with pytest.raises(IllegalTransition):
        candidate.add_time(1, at=50.2)
    assert candidate.attempt.deadline_at == after(60 + FIVE)
    assert len(added(candidate)) == 1


@pytest.mark.parametrize("at", [59.9, 240.1, 5000])
def test_there_is_a_time_for_more_time(at):
    candidate = start_candidate(TOTAL)
    with pytest.raises(IllegalTransition):
        candidate.add_time(1, at=at)
    assert added(candidate) == []
    assert candidate.attempt.deadline_at == after(180)


@pytest.mark.parametrize("noticed", [True, False])
def test_after_the_bell_one_clock_for_all_goes_on_from_now(noticed):
    candidate = start_candidate(TOTAL, 3)
    candidate.move(1, 2, at=100, text="one")
    if noticed:
        candidate.settle(at=180)

    candidate.add_time(2, at=200)

    attempt = candidate.attempt
    assert (attempt.state, attempt.finished_at, attempt.finish_reason) == (State.RUNNING, None, "")
    assert attempt.deadline_at == after(200 + FIVE)
    assert candidate.open_positions == [2]
    assert added(candidate) == [(None, 20 + FIVE, "asked")]
    assert candidate.answer(1).text == "one"
    assert candidate.save(3, "three", at=400).verdict == Verdict.ACCEPTED
    assert candidate.settle(at=500).attempt.state == State.EXPIRED
    assert candidate.attempt.finished_at == after(500)
    assert candidate.answer(2).time_spent == timedelta(seconds=80 + 300)


def test_after_the_bell_a_question_opens_again_and_the_next_one_waits():
    candidate = start_candidate(EACH, 3)
    candidate.save(2, "", at=61)

    candidate.add_time(1, at=80)

    assert candidate.open_positions == [1]
    assert candidate.answer(1).closed_by == ""
    assert (candidate.answer(2).opened_at, candidate.answer(2).time_spent) == (None, timedelta())
    assert candidate.attempt.deadline_at == after(80 + FIVE + 60 + 60)
    assert added(candidate) == [(1, 20 + FIVE, "asked")]


def test_what_was_begun_in_the_next_question_is_still_there_when_it_comes():
    candidate = start_candidate(EACH, 2)
    candidate.save(2, "begun", at=70)
    candidate.add_time(1, at=80)
    candidate.submit(1, "one", at=90)
    assert (candidate.answer(2).text, candidate.answer(2).opened_at) == ("begun", after(90))


def test_the_last_question_can_have_more_after_the_bell_too():
    candidate = start_candidate(EACH, 2)
    candidate.settle(at=121)
    assert candidate.attempt.state == State.EXPIRED
    candidate.add_time(2, at=130)
    assert candidate.attempt.is_running
    assert (candidate.answer(1).closed_by, candidate.open_positions) == (ClosedBy.DEADLINE, [2])


def test_a_question_that_was_submitted_gets_no_more_time():
    candidate = start_candidate(EACH, 2)
    candidate.submit(1, "one", at=55)
    with pytest.raises(IllegalTransition):
        candidate.add_time(1, at=58)
    assert candidate.answer(1).closed_at == after(55)


def test_a_question_still_to_come_gets_no_more_time():
    candidate = start_candidate(EACH, 2)
    with pytest.raises(IllegalTransition):
        candidate.add_time(2, at=30)


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_a_submitted_or_discarded_attempt_stays_so(timing):
    handed_in, thrown_away = start_candidate(timing, 1), start_candidate(timing, 1)
    handed_in.finish(at=55)
    thrown_away.discard(at=55)
    for candidate in (handed_in, thrown_away):
        with pytest.raises(IllegalTransition):
            candidate.add_time(1, at=56)
        with pytest.raises(IllegalTransition):
            candidate.give_back(1, 30, at=56)
        assert not candidate.attempt.is_running


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_without_a_clock_there_is_no_more_time(timing):
    candidate = start_candidate(timing, pace=Pace(time_factor=None))
    with pytest.raises(IllegalTransition):
        candidate.add_time(1, at=50)


def test_in_overtime_the_bell_has_rung():
    candidate = start_candidate(TOTAL, 1, pace=OVERTIME)
    with pytest.raises(IllegalTransition):
        candidate.add_time(1, at=61)
    assert candidate.attempt.deadline_at == after(60)


def test_before_the_bell_overtime_can_be_put_off():
    candidate = start_candidate(TOTAL, 1, pace=OVERTIME)
    candidate.add_time(1, at=59)
    assert candidate.settle(at=61).attempt.answers.get().text_at_deadline is None


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_where_another_attempt_runs_by_now_none_is_reopened(timing):
    candidate = start_candidate(timing, 1)
    candidate.settle(at=61)
    start_candidate(owner=candidate.owner, at=70)
    for more in (lambda: candidate.add_time(1, at=80), lambda: candidate.give_back(1, 60, at=80)):
        with pytest.raises(IllegalTransition):
            more()
    assert candidate.attempt.state == State.EXPIRED
    assert candidate.answer(1).closed_at == after(60)


# --- an outage ------------------------------------------------------------------------------


def test_lost_minutes_are_given_back_to_one_clock_for_all():
    candidate = start_candidate(TOTAL)
    candidate.give_back(1, 40, at=100)
    assert candidate.attempt.deadline_at == after(220)
    assert added(candidate) == [(None, 40, "outage")]


def test_lost_minutes_of_a_question_are_given_back_to_it():
    candidate = start_candidate(EACH, 3)
    candidate.give_back(1, 40, at=50)
    assert candidate.answer(1).limit == timedelta(seconds=100)
    assert candidate.attempt.deadline_at == after(220)
    assert added(candidate) == [(1, 40, "outage")]


def test_what_closed_during_an_outage_opens_again():
    candidate = start_candidate(EACH, 3)
    candidate.give_back(1, 150, at=200)
    assert candidate.attempt.is_running
    assert candidate.open_positions == [1]
    assert candidate.answer(1).limit == timedelta(seconds=210)


def test_an_attempt_that_ended_during_an_outage_runs_again():
    candidate = start_candidate(TOTAL)
    candidate.settle(at=200)
    candidate.give_back(2, 100, at=250)
    assert (candidate.attempt.is_running, candidate.open_positions) == (True, [2])
    assert candidate.attempt.deadline_at == after(280)


@pytest.mark.parametrize(("timing", "since"), [(TOTAL, 0), (EACH, 10)])
def test_no_more_is_given_back_than_can_have_been_lost(timing, since):
    candidate = start_candidate(timing, 3)
    candidate.submit(1, "one", at=10)
    candidate.give_back(2, 99_999, at=30)
    assert added(candidate)[0][1] == 30 - since


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_the_same_minutes_are_given_back_once(timing):
    candidate = start_candidate(timing, 1)
    candidate.give_back(1, 40, at=50)
    with pytest.raises(IllegalTransition):
        candidate.give_back(1, 40, at=50.3)
    assert added(candidate) == [(1 if timing == EACH else None, 40, "outage")]


def test_a_second_outage_is_given_back_as_far_as_it_came_after_the_first():
    candidate = start_candidate(TOTAL)
    candidate.give_back(1, 40, at=50)
    candidate.give_back(1, 40, at=70)
    assert candidate.attempt.deadline_at == after(180 + 40 + 20)


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_in_overtime_minutes_given_back_put_off_the_bell(timing):
    candidate = start_candidate(timing, 1, pace=OVERTIME)
    candidate.save(1, "at the first bell", at=10)
    candidate.settle(at=61)

    candidate.give_back(1, 40, at=70)
    assert candidate.answer(1).text_at_deadline is None

    candidate.save(1, "at the second bell", at=90, sequence=2)
    candidate.settle(at=101)
    assert candidate.answer(1).text_at_deadline == "at the second bell"


@pytest.mark.parametrize("lost", [0, -5])
def test_nothing_lost_is_nothing_given_back(lost):
    candidate = start_candidate(TOTAL)
    with pytest.raises(IllegalTransition):
        candidate.give_back(1, lost, at=50)
    assert added(candidate) == []


def test_an_outage_after_the_bell_gives_nothing_back():
    candidate = start_candidate(TOTAL)
    with pytest.raises(IllegalTransition):
        candidate.give_back(1, 60, at=300)
    assert added(candidate) == []


def test_a_question_still_to_come_has_lost_nothing():
    candidate = start_candidate(EACH, 2)
    with pytest.raises(IllegalTransition):
        candidate.give_back(2, 10, at=30)


# --- the next question was shown ------------------------------------------------------------


def test_a_question_that_was_shown_goes_on_later_from_where_it_was():
    candidate = start_candidate(EACH, 3)
    candidate.show(1, at=0)
    candidate.settle(at=60)
    candidate.show(2, at=61)

    candidate.add_time(1, at=80)

    waiting = candidate.answer(2)
    assert (waiting.opened_at, waiting.time_spent) == (None, timedelta(seconds=20))
    assert candidate.attempt.deadline_at == after(80 + FIVE + 40 + 60)
    candidate.submit(1, "one", at=200)
    assert candidate.answer(2).opened_at == after(180)
    assert candidate.attempt.deadline_at == after(240 + 60)
    candidate.submit(2, "two", at=210)
    assert candidate.answer(2).time_spent == timedelta(seconds=30)


def test_the_time_of_a_question_that_opens_again_is_counted_once():
    candidate = start_candidate(EACH, 2)
    candidate.add_time(1, at=80)
    candidate.finish(at=100)
    assert candidate.answer(1).time_spent == timedelta(seconds=100)


def test_a_question_that_has_used_its_time_closes_when_its_turn_comes():
    candidate = start_candidate(EACH, 3, seconds_each=20)
    candidate.settle(at=20)
    candidate.show(2, at=20)
    candidate.settle(at=45)
    candidate.add_time(1, at=50)
    candidate.submit(1, "one", at=70)
    assert (candidate.answer(2).closed_by, candidate.open_positions) == (ClosedBy.DEADLINE, [3])
    assert candidate.attempt.deadline_at == after(70 + 20)


def test_only_the_question_that_is_open_is_shown():
    candidate = start_candidate(EACH, 2)
    with pytest.raises(IllegalTransition):
        candidate.show(2, at=10)
    candidate.show(1, at=10)
    candidate.show(1, at=20)
    assert [candidate.answer(n).shown_at for n in (1, 2)] == [after(10), None]
