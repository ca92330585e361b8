from datetime import timedelta
from decimal import Decimal

import pytest

from attempts import transitions
from attempts.models import Answer, Attempt, ClosedBy, FinishReason
from attempts.owners import Owner
from attempts.rules.lifecycle import IllegalTransition, State
from attempts.transitions.starting import Pace
from tests.attempts.candidate import (
    EACH,
    OVERTIME,
    TOTAL,
    Candidate,
    a_guest,
    after,
    new_user,
    start_candidate,
)
from tests.factories import interview_of

pytestmark = pytest.mark.django_db


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


def test_finishing_what_was_thrown_away_changes_nothing():
    candidate = start_candidate()
    candidate.discard(at=20)
    assert candidate.finish(at=50).state == State.DISCARDED


def test_who_answers_nothing_has_zero_points_at_once():
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
def test_what_has_ended_cannot_be_thrown_away(ended):
    candidate = start_candidate()
    ended(candidate, at=20)
    before = candidate.attempt.state
    with pytest.raises(IllegalTransition):
        candidate.discard(at=30)
    assert (candidate.attempt.state, candidate.attempt.finished_at) == (before, after(20))


def test_an_overdue_attempt_cannot_be_thrown_away():
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


def test_the_sweep_rings_the_bell_of_overtime_and_ends_it_in_its_time():
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


# --- claim ----------------------------------------------------------------------------------


def claim(guest: Owner, user, *, at):
    return transitions.claim(guest.guest_key, user, now=after(at))


def test_a_guests_attempts_move_to_the_account():
    guest, user = a_guest(), new_user()
    done = start_candidate(owner=guest)
    done.save(1, "one", at=10)
    done.finish(at=20)
    running = start_candidate(owner=guest, at=30)

    assert claim(guest, user, at=40) == 2

    mine = Owner(user_id=user.pk)
    assert set(Attempt.objects.owned_by(mine)) == {done.attempt, running.attempt}
    assert not Attempt.objects.owned_by(guest).exists()
    assert running.attempt.is_running
    assert done.answer(1).text == "one"


def test_other_guests_keep_theirs():
    guest, stranger, user = a_guest(), a_guest(), new_user()
    theirs = start_candidate(owner=stranger)
    assert claim(guest, user, at=40) == 0
    assert theirs.attempt.guest_key == stranger.guest_key


@pytest.mark.parametrize(
    ("guest_at", "account_at", "guest_goes_on"), [(0, 10, False), (10, 0, True)]
)
def test_of_two_running_attempts_the_later_one_goes_on(guest_at, account_at, guest_goes_on):
    guest, user = a_guest(), new_user()
    as_guest = start_candidate(owner=guest, at=guest_at)
    as_user = start_candidate(owner=Owner(user_id=user.pk), at=account_at)
    as_guest.save(1, "typed as a guest", at=15)
    as_user.save(1, "typed before", at=15)

    claim(guest, user, at=20)

    on, ended = (as_guest, as_user) if guest_goes_on else (as_user, as_guest)
    assert on.attempt.is_running
    assert (ended.attempt.state, ended.attempt.finished_at) == (State.SUBMITTED, after(20))
    assert ended.attempt.finish_reason == FinishReason.REPLACED
    assert {as_guest.answer(1).text, as_user.answer(1).text} == {"typed as a guest", "typed before"}
    assert {as_guest.attempt.user, as_user.attempt.user} == {user}


def test_an_overdue_attempt_is_not_the_one_that_goes_on():
    guest, user = a_guest(), new_user()
    as_user = start_candidate(TOTAL, 3, owner=Owner(user_id=user.pk), at=0)
    as_guest = start_candidate(TOTAL, 1, owner=guest, at=10)

    claim(guest, user, at=100)

    assert as_user.attempt.is_running
    assert as_guest.attempt.state == State.EXPIRED
    assert as_guest.attempt.finished_at == after(70)


def test_moved_attempts_are_numbered_after_the_accounts():
    guest, user = a_guest(), new_user()
    interview, other = interview_of(1), interview_of(1)
    for at, (owner, which) in enumerate(
        [
            (Owner(user_id=user.pk), interview),
            (guest, interview),
            (guest, interview),
            (guest, other),
        ]
    ):
        attempt = transitions.start(owner, which, Pace(), now=after(at))
        transitions.finish(owner, attempt.pk, now=after(at))

    claim(guest, user, at=40)

    numbers = Attempt.objects.order_by("started_at").values_list("interview", "number")
    assert list(numbers) == [(interview.pk, 1), (interview.pk, 2), (interview.pk, 3), (other.pk, 1)]


def test_what_was_seen_as_a_guest_is_seen():
    guest, user = a_guest(), new_user()
    candidate = start_candidate(owner=guest)
    claim(guest, user, at=10)
    assert (
        Answer.objects.last_seen(Owner(user_id=user.pk)).count()
        == candidate.attempt.answers.count()
    )


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
