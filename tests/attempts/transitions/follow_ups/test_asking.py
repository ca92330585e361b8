"""A follow-up is asked after a submitted answer, and after nothing else."""

from datetime import timedelta
from decimal import Decimal

import pytest

from attempts.models import ClosedBy
from attempts.rules.lifecycle import State
from attempts.rules.save_verdicts import Verdict
from attempts.transitions import staff
from attempts.transitions.starting import Pace
from tests.attempts.candidate import OVERTIME, after
from tests.attempts.interviewer import ASKED, found, start_asked

pytestmark = pytest.mark.django_db

SECONDS_30 = timedelta(seconds=30)


def positions(candidate) -> list[int]:
    return [answer.position for answer in candidate.attempt.answers.all()]


# --- the start ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("follow_ups", "expected"), [(0, [1, 2, 3]), (1, [1, 3, 5]), (2, [1, 4, 7])]
)
def test_questions_leave_room_for_their_follow_ups(follow_ups, expected):
    candidate = start_asked(3, follow_ups)
    assert positions(candidate) == expected
    assert candidate.open_positions == [1]
    assert candidate.attempt.deadline_at == after(180), "those that may come are not counted yet"
    assert [answer.number for answer in candidate.attempt.answers.all()] == [1, 2, 3]


@pytest.mark.parametrize(
    ("pace", "limit"),
    [
        (Pace(), SECONDS_30),
        (Pace(time_factor=Decimal("1.5")), timedelta(seconds=45)),
        (Pace(think_seconds=60), SECONDS_30),
        (Pace(time_factor=None), None),
    ],
)
def test_the_time_of_a_follow_up_is_at_the_candidates_pace(pace, limit):
    candidate = start_asked(pace=pace)
    candidate.submit(1, "thin", at=20, follow_up=found("thin"))
    assert (candidate.attempt.follow_up_limit, candidate.answer(2).limit) == (limit, limit)


# --- asking ---------------------------------------------------------------------------------


def test_a_follow_up_opens_when_its_question_closes_and_what_comes_after_waits():
    candidate = start_asked(3)

    candidate.submit(1, "thin", at=20, follow_up=found("thin", point=1))

    question, asked = candidate.answer(1), candidate.answer(2)
    assert (asked.follows_id, asked.asked_point, asked.version_id) == (
        question.pk,
        1,
        question.version_id,
    )
    assert (asked.asked, asked.number) == (ASKED[1], 1)
    assert (question.closed_at, asked.opened_at) == (after(20), after(20))
    assert candidate.open_positions == [2]
    assert candidate.answer(3).opened_at is None
    assert candidate.attempt.deadline_at == after(20 + 30 + 60 + 60)


def test_a_submitted_follow_up_leads_to_the_next_question():
    candidate = start_asked(2)
    candidate.submit(1, "thin", at=20, follow_up=found("thin"))
    candidate.submit(2, "more", at=30)
    assert candidate.open_positions == [3]
    assert candidate.answer(2).time_spent == timedelta(seconds=10)
    assert candidate.attempt.deadline_at == after(90)


@pytest.mark.parametrize("way", ["submit", "skip", "bell", "finish"])
def test_the_follow_up_to_the_last_question_keeps_the_attempt_running(way):
    candidate = start_asked(1)
    candidate.submit(1, "thin", at=20, follow_up=found("thin"))
    assert candidate.attempt.is_running

    if way == "bell":
        candidate.settle(at=50)
    elif way == "finish":
        candidate.finish(at=49)
    else:
        getattr(candidate, way)(2, "more", at=49)

    assert candidate.attempt.state == (State.EXPIRED if way == "bell" else State.SUBMITTED)
    assert candidate.answer(2).closed_at == candidate.attempt.finished_at


def test_nothing_is_asked_where_nothing_is_missing():
    candidate = start_asked(2)
    candidate.submit(1, "well", at=20, follow_up=found("well", point=None))
    candidate.submit(3, "well too", at=30, follow_up=None)
    assert positions(candidate) == [1, 3]


def test_a_second_follow_up_is_chosen_after_the_first_was_submitted():
    candidate = start_asked(2, follow_ups=2)
    candidate.submit(1, "thin", at=10, follow_up=found("thin", point=0))
    candidate.submit(2, "thin too", at=20, follow_up=found("thin too", point=1))
    assert candidate.open_positions == [3]
    assert candidate.answer(3).follows_id == candidate.answer(1).pk
    candidate.submit(3, "still thin", at=30, follow_up=found("still thin", point=1))
    assert (candidate.open_positions, positions(candidate)) == ([4], [1, 2, 3, 4])


def test_no_point_is_asked_for_twice():
    candidate = start_asked(2, follow_ups=2)
    candidate.submit(1, "thin", at=10, follow_up=found("thin", point=0))
    candidate.submit(2, "thin too", at=20, follow_up=found("thin too", point=0))
    assert positions(candidate) == [1, 2, 4]


# --- not asking -----------------------------------------------------------------------------


def test_nothing_is_asked_about_a_text_that_is_not_the_one_that_was_read():
    candidate = start_asked(2)
    candidate.submit(1, "what is stored", at=20, follow_up=found("what was read"))
    assert positions(candidate) == [1, 3]
    assert candidate.open_positions == [3]


@pytest.mark.parametrize("text", ["", " \n"])
def test_nothing_is_asked_about_a_blank_text(text):
    candidate = start_asked(2)
    candidate.submit(1, text, at=20, follow_up=found(text))
    assert (positions(candidate), candidate.open_positions) == ([1, 3], [3])


def test_a_newer_text_of_the_same_page_is_not_asked_about():
    candidate = start_asked(2)
    candidate.save(1, "newer", at=5, sequence=9)
    saved = candidate.submit(1, "older", at=6, sequence=8, follow_up=found("older"))
    assert saved.verdict == Verdict.ALREADY
    assert (candidate.answer(1).text, positions(candidate)) == ("newer", [1, 3])


def test_nothing_is_asked_while_two_texts_are_to_choose_from():
    candidate = start_asked(2)
    candidate.save(1, "from here", at=5)
    other = "from there"
    candidate.submit(1, other, at=6, writer="writer-2", follow_up=found(other))
    assert (candidate.open_positions, positions(candidate)) == ([1], [1, 3])


@pytest.mark.parametrize("again", ["the same", "another"])
def test_a_second_submit_asks_nothing_more(again):
    candidate = start_asked(2)
    candidate.submit(1, "the same", at=20, follow_up=found("the same", point=0))
    candidate.submit(1, again, at=20.1, follow_up=found(again, point=1))
    assert positions(candidate) == [1, 2, 3]
    assert (candidate.open_positions, candidate.answer(2).asked_point) == ([2], 0)


def test_a_submit_after_the_bell_asks_nothing():
    candidate = start_asked(2)
    saved = candidate.submit(1, "late", at=61, follow_up=found("late"))
    assert saved.verdict == Verdict.ACCEPTED
    assert candidate.answer(1).closed_by == ClosedBy.DEADLINE
    assert positions(candidate) == [1, 3]


@pytest.mark.parametrize(("at", "asks"), [(59, True), (60, False), (100, False)])
def test_in_overtime_nothing_is_asked(at, asks):
    candidate = start_asked(2, pace=OVERTIME)
    candidate.submit(1, "thin", at=at, follow_up=found("thin"))
    assert candidate.answer(1).closed_by == ClosedBy.SUBMITTED
    assert (positions(candidate) == [1, 2, 3]) == asks


def test_an_interview_without_follow_ups_asks_none():
    candidate = start_asked(2, follow_ups=0)
    candidate.submit(1, "thin", at=20, follow_up=found("thin"))
    assert (positions(candidate), candidate.open_positions) == ([1, 2], [2])


# --- more time ------------------------------------------------------------------------------


def test_a_question_that_opens_again_may_be_asked_about_when_it_is_submitted():
    candidate = start_asked(2)
    candidate.show(1, at=0)
    candidate.settle(at=61)  # its bell, without a follow-up
    candidate.add_time(1, at=70)
    candidate.submit(1, "thin", at=80, follow_up=found("thin"))
    assert candidate.open_positions == [2]
    assert candidate.answer(2).opened_at == after(80)
    assert candidate.attempt.deadline_at == after(80 + 30 + 60)


def test_a_follow_up_gets_more_time_and_the_next_question_waits_again():
    candidate = start_asked(2)
    candidate.submit(1, "thin", at=20, follow_up=found("thin"))
    candidate.settle(at=55)
    assert candidate.open_positions == [3]

    candidate.add_time(2, at=60)

    assert candidate.open_positions == [2]
    assert candidate.answer(2).bell_at == after(60 + 300)
    assert candidate.attempt.deadline_at == after(60 + 300 + 60)
    assert [added.position for added in candidate.attempt.added_times.all()] == [2]


def test_the_question_of_a_follow_up_gets_no_more_time():
    candidate = start_asked(2)
    candidate.submit(1, "thin", at=50, follow_up=found("thin"))
    with pytest.raises(staff.IllegalTransition):
        candidate.add_time(1, at=55)
    assert candidate.open_positions == [2]


def test_more_time_in_overtime_forgets_the_texts_from_the_reopened_answer_on_alone():
    candidate = start_asked(3, pace=OVERTIME)
    candidate.save(1, "so far", at=50)
    candidate.settle(at=70)
    candidate.submit(1, "so far, and on", at=80, revision=1, sequence=2)
    candidate.save(3, "next", at=90)
    candidate.settle(at=145)
    candidate.give_back(3, 100, at=150)
    assert candidate.answer(1).text_at_deadline == "so far", "it is not the one that opens again"
    assert candidate.answer(3).text_at_deadline is None


# --- staff ----------------------------------------------------------------------------------


def test_an_attempt_that_was_finished_in_a_follow_up_opens_there_again():
    candidate = start_asked(2)
    candidate.submit(1, "thin", at=20, follow_up=found("thin"))
    candidate.finish(at=30)

    staff.reopen(candidate.pk, timedelta(seconds=120), why="", now=after(1000))

    assert candidate.open_positions == [2]
    assert candidate.answer(2).bell_at == after(1000 + 120)
    assert candidate.attempt.deadline_at == after(1000 + 120 + 60)
    candidate.submit(2, "more", at=1010, follow_up=found("more", point=1))
    assert (candidate.open_positions, positions(candidate)) == ([3], [1, 2, 3])


def test_staff_discard_an_attempt_in_a_follow_up():
    candidate = start_asked(2)
    candidate.submit(1, "thin", at=20, follow_up=found("thin"))
    staff.discard(candidate.pk, now=after(30))
    assert {answer.closed_at for answer in candidate.attempt.answers.all()} == {
        after(20),
        after(30),
    }
