from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest

from attempts.rules import lifecycle
from attempts.rules.lifecycle import (
    AttemptClock,
    Event,
    IllegalTransition,
    QuestionClock,
    State,
)

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)

R, S, E, D = State.RUNNING, State.SUBMITTED, State.EXPIRED, State.DISCARDED
NEXT = {
    #              SAVE  FINISH  DEADLINE  EXTEND  DISCARD  REOPEN
    R: dict(zip(Event, (R, S, E, R, D, None), strict=True)),
    S: dict(zip(Event, (None, None, None, None, None, R), strict=True)),
    E: dict(zip(Event, (None, None, None, R, None, R), strict=True)),
    D: dict(zip(Event, (None, None, None, None, None, None), strict=True)),
}


def after(seconds):
    return START + timedelta(seconds=seconds)


def one_clock_for_all(seconds=180, *, overtime=False):
    limit = None if seconds is None else timedelta(seconds=seconds)
    questions = (QuestionClock(opened_at=START), QuestionClock(), QuestionClock())
    return AttemptClock(START, limit, overtime, forward_only=False, questions=questions)


def clock_per_question(*seconds, overtime=False):
    limits = [None if s is None else timedelta(seconds=s) for s in seconds]
    questions = (QuestionClock(limits[0], opened_at=START), *map(QuestionClock, limits[1:]))
    return AttemptClock(START, None, overtime, forward_only=True, questions=questions)


# --- states ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_every_event_in_every_state_does_what_the_table_says(state, event):
    expected = NEXT[state][event]
    if expected is None:
        with pytest.raises(IllegalTransition):
            lifecycle.next_state(state, event)
    else:
        assert lifecycle.next_state(state.value, event) is expected


def test_an_unknown_state_is_an_error():
    with pytest.raises(ValueError, match="paused"):
        lifecycle.next_state("paused", Event.SAVE)


# --- bells and deadlines --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "factor", "expected"),
    [
        (60, "1", 60),
        (60, "1.25", 75),
        (1, "1.01", 1.01),
        (86_400, "10", 864_000),
        (7, "1.33", 9.31),
    ],
)
def test_the_time_factor_scales_exactly(seconds, factor, expected):
    assert lifecycle.scaled(seconds, Decimal(factor)) == timedelta(seconds=expected)


@pytest.mark.parametrize(
    ("clock", "bell", "closes", "deadline"),
    [
        (one_clock_for_all(180), 180, 180, 180),
        (one_clock_for_all(180, overtime=True), 180, 360, 180),
        (one_clock_for_all(None), None, None, None),
        (one_clock_for_all(None, overtime=True), None, None, None),
        (clock_per_question(60, 90, 30), 60, 60, 180),
        (clock_per_question(60, 90, 30, overtime=True), 60, 120, 180),
        (clock_per_question(None, None), None, None, None),
        (clock_per_question(None, None, overtime=True), None, None, None),
    ],
)
def test_when_the_bell_rings_when_it_closes_and_when_all_is_over(clock, bell, closes, deadline):
    def instant(seconds):
        return None if seconds is None else after(seconds)

    assert lifecycle.bell_at(clock) == instant(bell)
    assert lifecycle.closes_at(clock) == instant(closes)
    assert lifecycle.deadline_at(clock) == instant(deadline)


@pytest.mark.parametrize(
    ("question", "is_open", "end", "end_of_overtime"),
    [
        (QuestionClock(MINUTE), False, None, None),
        (QuestionClock(MINUTE, START), True, after(60), after(120)),
        (QuestionClock(None, START), True, None, None),
        (QuestionClock(MINUTE, START, after(30)), False, after(60), after(120)),
    ],
)
def test_when_a_question_is_open_and_when_its_time_is_over(question, is_open, end, end_of_overtime):
    assert question.is_open is is_open
    assert (question.ends_after(1), question.ends_after(2)) == (end, end_of_overtime)


def test_an_early_answer_brings_the_last_deadline_nearer():
    clock = clock_per_question(60, 90, 30)
    questions = lifecycle.close_question(clock.questions, 0, after(10))

    moved = AttemptClock(START, None, False, True, questions)

    assert lifecycle.bell_at(moved) == after(100)
    assert lifecycle.deadline_at(moved) == after(130)


def test_an_attempt_whose_questions_are_all_closed_has_no_bell():
    questions = (QuestionClock(MINUTE, START, after(30)),)
    assert lifecycle.bell_at(AttemptClock(START, None, True, True, questions)) is None
    assert lifecycle.closes_at(AttemptClock(START, None, True, True, questions)) is None


# --- the clock runs -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overtime", "seconds", "ended_at"),
    [
        (False, 179.999999, None),
        (False, 180, 180),
        (False, 9999, 180),
        (True, 180, None),
        (True, 359.999999, None),
        (True, 360, 360),
        (True, 9999, 360),
    ],
)
def test_one_clock_for_all_ends_at_its_deadline_however_late_it_is_advanced(
    overtime, seconds, ended_at
):
    clock = one_clock_for_all(180, overtime=overtime)
    advanced = lifecycle.advance(clock, after(seconds))
    assert advanced.ended_at == (ended_at and after(ended_at))
    assert advanced.questions == clock.questions


def spans(advanced):
    """(opened, closed) of each question in seconds after START."""

    def seconds(instant):
        return None if instant is None else (instant - START).total_seconds()

    return [
        (seconds(question.opened_at), seconds(question.closed_at))
        for question in advanced.questions
    ]


@pytest.mark.parametrize(
    ("seconds", "expected", "ended_at"),
    [
        (59.999999, [(0, None), (None, None), (None, None)], None),
        (60, [(0, 60), (60, None), (None, None)], None),
        (149.999999, [(0, 60), (60, None), (None, None)], None),
        (150, [(0, 60), (60, 150), (150, None)], None),
        (180, [(0, 60), (60, 150), (150, 180)], 180),
        (99_999, [(0, 60), (60, 150), (150, 180)], 180),
    ],
)
def test_questions_close_and_open_at_the_bell_without_any_request(seconds, expected, ended_at):
    advanced = lifecycle.advance(clock_per_question(60, 90, 30), after(seconds))
    assert spans(advanced) == expected
    assert advanced.ended_at == (ended_at and after(ended_at))


def test_in_overtime_each_question_goes_on_for_as_much_time_again():
    advanced = lifecycle.advance(clock_per_question(60, 30, overtime=True), after(150))
    assert spans(advanced) == [(0, 120), (120, None)]
    assert lifecycle.advance(
        clock_per_question(60, 30, overtime=True), after(180)
    ).ended_at == after(180)


def test_without_a_clock_nothing_ever_ends():
    next_year = START + timedelta(days=366)
    for clock in (one_clock_for_all(None), clock_per_question(None, None)):
        assert lifecycle.advance(clock, next_year) == lifecycle.Advanced(clock.questions, None)


def test_advancing_in_one_go_or_second_by_second_leads_to_the_same_place():
    second_by_second = clock_per_question(7, 5, 11)
    for second in range(20):
        advanced = lifecycle.advance(second_by_second, after(second))
        second_by_second = AttemptClock(START, None, False, True, advanced.questions)
    assert (
        advanced.questions == lifecycle.advance(clock_per_question(7, 5, 11), after(19)).questions
    )


def test_advancing_to_an_older_now_changes_nothing():
    advanced = lifecycle.advance(clock_per_question(60, 90), after(70))
    clock = AttemptClock(START, None, False, True, advanced.questions)
    assert lifecycle.advance(clock, after(10)) == lifecycle.Advanced(advanced.questions, None)


def test_what_a_question_has_used_of_its_time_counts_when_it_opens():
    spent = timedelta(seconds=25)
    waiting = (QuestionClock(MINUTE, START), QuestionClock(MINUTE, shown_at=START, spent=spent))
    assert lifecycle.deadline_at(AttemptClock(START, None, False, True, waiting)) == after(95)

    questions = lifecycle.close_question(waiting, 0, after(30))

    assert questions[1] == QuestionClock(MINUTE, after(5), shown_at=START)
    clock = AttemptClock(START, None, False, True, questions)
    assert lifecycle.bell_at(clock) == lifecycle.deadline_at(clock) == after(65)


def test_closing_the_last_question_opens_nothing():
    questions = lifecycle.close_question((QuestionClock(MINUTE, START),), 0, after(30))
    assert questions == (QuestionClock(MINUTE, START, after(30)),)


# --- more time ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "offered", "offered_before_overtime"),
    [
        (after(480) - MICROSECOND, False, False),
        (after(480), True, True),
        (after(600) - MICROSECOND, True, True),
        (after(600), True, False),
        (after(660), True, False),
        (after(660) + MICROSECOND, False, False),
    ],
)
def test_five_more_minutes_are_on_offer_around_the_bell(now, offered, offered_before_overtime):
    assert lifecycle.may_extend(after(600), now, overtime=False) is offered
    assert lifecycle.may_extend(after(600), now, overtime=True) is offered_before_overtime


def test_where_no_bell_rings_no_time_is_on_offer():
    assert lifecycle.may_extend(None, START, overtime=False) is False


@pytest.mark.parametrize(("now", "bell"), [(540, 900), (600, 900), (630, 930)])
def test_added_time_counts_from_the_bell_or_from_now_whichever_is_later(now, bell):
    new_bell = lifecycle.extended_bell(after(600), after(now), lifecycle.EXTENSION)
    assert new_bell == after(bell)
