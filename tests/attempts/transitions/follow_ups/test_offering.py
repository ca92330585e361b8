"""In a practice the follow-up is an offer: taken once, declined, or left."""

from datetime import timedelta

import pytest

from attempts import transitions
from attempts.models import Attempt, Practice, Schedule
from attempts.rules.lifecycle import IllegalTransition, State
from attempts.transitions import staff
from attempts.transitions.personal import practising
from attempts.transitions.starting import Pace
from tests.attempts.candidate import EACH, Candidate, a_guest, after, start_candidate
from tests.attempts.interviewer import ASKED, found
from tests.factories import published_question

pytestmark = pytest.mark.django_db


def practise(pace: Pace | None = None, owner=None) -> Candidate:
    """A practice of two questions, of which the first is asked, with 180 s."""
    owner = owner or a_guest()
    questions = [published_question(follow_ups=ASKED, seconds=180) for _ in range(2)]
    ids = [question.pk for question in questions]
    attempt = practising.start_practice(
        owner, Practice.Source.TOPIC, "Practice", ids, pace or Pace(), now=after(0)
    )
    return Candidate(owner, attempt.pk)


def take(candidate: Candidate, *, at: float) -> Attempt:
    return transitions.take_offer(candidate.owner, candidate.pk, now=after(at))


def decline(candidate: Candidate, *, at: float) -> Attempt:
    return transitions.decline_offer(candidate.owner, candidate.pk, now=after(at))


def offered(pace: Pace | None = None, owner=None) -> Candidate:
    candidate = practise(pace, owner)
    candidate.submit(1, "thin", at=20, follow_up=found("thin", point=1))
    return candidate


def test_a_practised_question_ends_with_an_offer():
    candidate = offered()
    assert candidate.attempt.state == State.SUBMITTED
    assert candidate.answer(1).offered_point == 1
    assert candidate.attempt.answers.count() == 1


@pytest.mark.parametrize("way", ["skip", "bell", "finish", "nothing missing"])
def test_nothing_is_offered_otherwise(way):
    candidate = practise()
    if way == "skip":
        candidate.skip(1, "thin", at=20)
    elif way == "bell":
        candidate.submit(1, "thin", at=181, follow_up=found("thin"))
    elif way == "finish":
        candidate.finish(at=20)
    else:
        candidate.submit(1, "well", at=20, follow_up=found("well", point=None))
    assert candidate.answer(1).offered_point is None
    with pytest.raises(IllegalTransition):
        take(candidate, at=30)


def test_an_offer_that_is_taken_opens_the_follow_up_now():
    candidate = offered()

    take(candidate, at=500)

    asked = candidate.answer(2)
    assert (asked.asked, asked.opened_at) == (ASKED[1], after(500))
    assert (candidate.attempt.state, candidate.open_positions) == (State.RUNNING, [2])
    assert candidate.attempt.deadline_at == after(560)
    assert candidate.attempt.score is None
    assert candidate.answer(1).offered_point is None


def test_without_a_clock_the_follow_up_has_none():
    candidate = offered(Pace(time_factor=None))
    take(candidate, at=500)
    assert (candidate.answer(2).limit, candidate.attempt.deadline_at) == (None, None)
    candidate.settle(at=100_000)
    assert candidate.open_positions == [2]


@pytest.mark.parametrize("way", ["submit", "skip", "bell"])
def test_a_practice_asks_one_follow_up_and_ends_again(way):
    candidate = offered()
    take(candidate, at=500)
    if way == "submit":
        candidate.submit(2, "more", at=510, follow_up=found("more", point=0))
    elif way == "skip":
        candidate.skip(2, "", at=510)
    else:
        candidate.settle(at=600)
    assert candidate.attempt.is_finished
    assert candidate.answer(1).offered_point is None
    assert candidate.attempt.answers.count() == 2


def test_an_offer_is_taken_once():
    candidate = offered()
    take(candidate, at=500)
    take(candidate, at=500.1)
    assert candidate.attempt.answers.count() == 2
    candidate.submit(2, "more", at=510)
    with pytest.raises(IllegalTransition):
        take(candidate, at=520)


def test_a_declined_offer_is_gone():
    candidate = offered()
    decline(candidate, at=30)
    decline(candidate, at=31)
    assert candidate.answer(1).offered_point is None
    with pytest.raises(IllegalTransition):
        take(candidate, at=40)
    assert candidate.attempt.state == State.SUBMITTED


def test_declining_in_another_tab_after_it_was_taken_changes_nothing():
    candidate = offered()
    take(candidate, at=500)
    decline(candidate, at=501)
    assert candidate.open_positions == [2]


def test_no_offer_is_taken_while_another_attempt_runs():
    candidate = offered()
    start_candidate(EACH, owner=candidate.owner, at=100)
    with pytest.raises(IllegalTransition):
        take(candidate, at=110)
    assert (candidate.attempt.state, candidate.answer(1).offered_point) == (State.SUBMITTED, 1)
    assert candidate.attempt.answers.count() == 1


def test_a_stranger_takes_and_declines_nothing():
    candidate = offered()
    for act in (transitions.take_offer, transitions.decline_offer):
        with pytest.raises(Attempt.DoesNotExist):
            act(a_guest(), candidate.pk, now=after(30))
    assert candidate.answer(1).offered_point == 1


def test_an_attempt_that_staff_open_again_offers_nothing_until_it_is_submitted():
    candidate = offered()
    staff.reopen(candidate.pk, timedelta(minutes=1), why="", now=after(1000))
    assert candidate.answer(1).offered_point is None
    candidate.finish(at=1010)
    with pytest.raises(IllegalTransition):
        take(candidate, at=1020)


def test_when_a_question_is_due_follows_from_its_last_end():
    candidate = offered()
    candidate.mark(1, [True, False], at=25)
    schedule = Schedule.objects.owned_by(candidate.owner)
    assert schedule.get().answered_at == after(20)

    take(candidate, at=500)
    assert not schedule.exists(), "what is open again does not count"

    candidate.submit(2, "more", at=510)
    assert schedule.get().answered_at == after(510)
