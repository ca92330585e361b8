from datetime import timedelta

import pytest

from attempts.models import ClosedBy
from attempts.rules.lifecycle import IllegalTransition, State, Verdict
from attempts.transitions.starting import Pace
from tests.attempts.seat import EACH, OVERTIME, TOTAL, after, take_seat

pytestmark = pytest.mark.django_db
FIVE = 300


def added(seat):
    rows = seat.attempt.added_times.all()
    return [(row.position, row.amount.total_seconds(), row.reason) for row in rows]


# --- look -----------------------------------------------------------------------------------


def test_a_look_before_the_bell_changes_nothing():
    seat = take_seat(EACH)
    seat.look(at=59.9)
    assert seat.open_positions == [1]


def test_a_look_writes_down_what_the_clock_has_done():
    seat = take_seat(EACH, 3)
    desk = seat.look(at=130)
    assert desk.current.position == 3
    assert [seat.answer(p).closed_at for p in (1, 2, 3)] == [after(60), after(120), None]
    assert seat.answer(2).time_spent == timedelta(seconds=60)
    assert seat.attempt.deadline_at == after(180)


# --- five more minutes ----------------------------------------------------------------------


def test_one_clock_gets_five_more_minutes_before_the_bell():
    seat = take_seat(TOTAL)
    seat.add_time(1, at=170)
    assert seat.attempt.deadline_at == after(180 + FIVE)
    assert seat.attempt.limit == timedelta(seconds=180 + FIVE)
    assert added(seat) == [(None, FIVE, "asked")]


def test_a_clock_each_gives_them_to_the_question():
    seat = take_seat(EACH, 3)
    seat.submit(1, "one", at=10)
    seat.add_time(2, at=60)
    assert seat.answer(2).limit == timedelta(seconds=60 + FIVE)
    assert seat.attempt.deadline_at == after(10 + 60 + FIVE + 60)
    assert added(seat) == [(2, FIVE, "asked")]


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_time_can_be_asked_for_as_often_as_wanted(timing):
    seat = take_seat(timing, 1)
    for times in range(6):
        seat.add_time(1, at=60 + times * FIVE - 1)
    assert seat.attempt.deadline_at == after(60 + 6 * FIVE)
    assert len(added(seat)) == 6


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_a_second_click_adds_nothing(timing):
    seat = take_seat(timing, 1)
    seat.add_time(1, at=50)
    with pytest.raises(IllegalTransition):
        seat.add_time(1, at=50.2)
    assert seat.attempt.deadline_at == after(60 + FIVE)
    assert len(added(seat)) == 1


@pytest.mark.parametrize("at", [59.9, 240.1, 5000])
def test_there_is_a_time_for_more_time(at):
    seat = take_seat(TOTAL)
    with pytest.raises(IllegalTransition):
        seat.add_time(1, at=at)
    assert added(seat) == []
    assert seat.attempt.deadline_at == after(180)


@pytest.mark.parametrize("noticed", [True, False])
def test_after_the_bell_one_clock_goes_on_from_now(noticed):
    seat = take_seat(TOTAL, 3)
    seat.move(1, 2, at=100, text="one")
    if noticed:
        seat.look(at=180)

    seat.add_time(2, at=200)

    attempt = seat.attempt
    assert (attempt.state, attempt.finished_at, attempt.finish_reason) == (State.RUNNING, None, "")
    assert attempt.deadline_at == after(200 + FIVE)
    assert seat.open_positions == [2]
    assert added(seat) == [(None, 20 + FIVE, "asked")]
    assert seat.answer(1).text == "one"
    assert seat.save(3, "three", at=400).verdict == Verdict.ACCEPTED
    assert seat.look(at=500).attempt.state == State.EXPIRED
    assert seat.attempt.finished_at == after(500)
    assert seat.answer(2).time_spent == timedelta(seconds=80 + 300)


def test_after_the_bell_a_question_opens_again_and_the_next_one_waits():
    seat = take_seat(EACH, 3)
    seat.save(2, "", at=61)

    seat.add_time(1, at=80)

    assert seat.open_positions == [1]
    assert seat.answer(1).closed_by == ""
    assert (seat.answer(2).opened_at, seat.answer(2).time_spent) == (None, timedelta())
    assert seat.attempt.deadline_at == after(80 + FIVE + 60 + 60)
    assert added(seat) == [(1, 20 + FIVE, "asked")]


def test_what_was_begun_in_the_next_question_is_still_there_when_it_comes():
    seat = take_seat(EACH, 2)
    seat.save(2, "begun", at=70)
    seat.add_time(1, at=80)
    seat.submit(1, "one", at=90)
    assert (seat.answer(2).text, seat.answer(2).opened_at) == ("begun", after(90))


def test_the_last_question_can_have_more_after_the_bell_too():
    seat = take_seat(EACH, 2)
    seat.look(at=121)
    assert seat.attempt.state == State.EXPIRED
    seat.add_time(2, at=130)
    assert seat.attempt.is_running
    assert (seat.answer(1).closed_by, seat.open_positions) == (ClosedBy.DEADLINE, [2])


def test_a_question_that_was_submitted_gets_no_more_time():
    seat = take_seat(EACH, 2)
    seat.submit(1, "one", at=55)
    with pytest.raises(IllegalTransition):
        seat.add_time(1, at=58)
    assert seat.answer(1).closed_at == after(55)


def test_a_question_still_to_come_gets_no_more_time():
    seat = take_seat(EACH, 2)
    with pytest.raises(IllegalTransition):
        seat.add_time(2, at=30)


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_what_was_handed_in_or_thrown_away_stays_so(timing):
    handed_in, thrown_away = take_seat(timing, 1), take_seat(timing, 1)
    handed_in.finish(at=55)
    thrown_away.discard(at=55)
    for seat in (handed_in, thrown_away):
        with pytest.raises(IllegalTransition):
            seat.add_time(1, at=56)
        with pytest.raises(IllegalTransition):
            seat.give_back(1, 30, at=56)
        assert not seat.attempt.is_running


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_without_a_clock_there_is_no_more_time(timing):
    seat = take_seat(timing, pace=Pace(time_factor=None))
    with pytest.raises(IllegalTransition):
        seat.add_time(1, at=50)


def test_in_overtime_the_bell_has_rung():
    seat = take_seat(TOTAL, 1, pace=OVERTIME)
    with pytest.raises(IllegalTransition):
        seat.add_time(1, at=61)
    assert seat.attempt.deadline_at == after(60)


def test_before_the_bell_overtime_can_be_put_off():
    seat = take_seat(TOTAL, 1, pace=OVERTIME)
    seat.add_time(1, at=59)
    assert seat.look(at=61).attempt.answers.get().text_at_deadline is None


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_where_another_attempt_runs_by_now_none_is_reopened(timing):
    seat = take_seat(timing, 1)
    seat.look(at=61)
    take_seat(owner=seat.owner, at=70)
    for more in (lambda: seat.add_time(1, at=80), lambda: seat.give_back(1, 60, at=80)):
        with pytest.raises(IllegalTransition):
            more()
    assert seat.attempt.state == State.EXPIRED
    assert seat.answer(1).closed_at == after(60)


# --- an outage ------------------------------------------------------------------------------


def test_lost_minutes_of_one_clock_are_given_back():
    seat = take_seat(TOTAL)
    seat.give_back(1, 40, at=100)
    assert seat.attempt.deadline_at == after(220)
    assert added(seat) == [(None, 40, "outage")]


def test_lost_minutes_of_a_question_are_given_back_to_it():
    seat = take_seat(EACH, 3)
    seat.give_back(1, 40, at=50)
    assert seat.answer(1).limit == timedelta(seconds=100)
    assert seat.attempt.deadline_at == after(220)
    assert added(seat) == [(1, 40, "outage")]


def test_what_closed_during_an_outage_opens_again():
    seat = take_seat(EACH, 3)
    seat.give_back(1, 150, at=200)
    assert seat.attempt.is_running
    assert seat.open_positions == [1]
    assert seat.answer(1).limit == timedelta(seconds=210)


def test_an_attempt_that_ended_during_an_outage_runs_again():
    seat = take_seat(TOTAL)
    seat.look(at=200)
    seat.give_back(2, 100, at=250)
    assert (seat.attempt.is_running, seat.open_positions) == (True, [2])
    assert seat.attempt.deadline_at == after(280)


@pytest.mark.parametrize(("timing", "since"), [(TOTAL, 0), (EACH, 10)])
def test_no_more_is_given_back_than_can_have_been_lost(timing, since):
    seat = take_seat(timing, 3)
    seat.submit(1, "one", at=10)
    seat.give_back(2, 99_999, at=30)
    assert added(seat)[0][1] == 30 - since


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_the_same_minutes_are_given_back_once(timing):
    seat = take_seat(timing, 1)
    seat.give_back(1, 40, at=50)
    with pytest.raises(IllegalTransition):
        seat.give_back(1, 40, at=50.3)
    assert added(seat) == [(1 if timing == EACH else None, 40, "outage")]


def test_a_second_outage_is_given_back_as_far_as_it_came_after_the_first():
    seat = take_seat(TOTAL)
    seat.give_back(1, 40, at=50)
    seat.give_back(1, 40, at=70)
    assert seat.attempt.deadline_at == after(180 + 40 + 20)


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_in_overtime_minutes_given_back_put_off_the_bell(timing):
    seat = take_seat(timing, 1, pace=OVERTIME)
    seat.save(1, "at the first bell", at=10)
    seat.look(at=61)

    seat.give_back(1, 40, at=70)
    assert seat.answer(1).text_at_deadline is None

    seat.save(1, "at the second bell", at=90, sequence=2)
    seat.look(at=101)
    assert seat.answer(1).text_at_deadline == "at the second bell"


@pytest.mark.parametrize("lost", [0, -5])
def test_nothing_lost_is_nothing_given_back(lost):
    seat = take_seat(TOTAL)
    with pytest.raises(IllegalTransition):
        seat.give_back(1, lost, at=50)
    assert added(seat) == []


def test_an_outage_after_the_bell_gives_nothing_back():
    seat = take_seat(TOTAL)
    with pytest.raises(IllegalTransition):
        seat.give_back(1, 60, at=300)
    assert added(seat) == []


def test_a_question_still_to_come_has_lost_nothing():
    seat = take_seat(EACH, 2)
    with pytest.raises(IllegalTransition):
        seat.give_back(2, 10, at=30)
