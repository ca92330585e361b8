from uuid import uuid4

import pytest

from attempts import transitions
from attempts.models import Attempt, FinishReason
from attempts.models.answers.seen import when_seen
from attempts.owners import Owner
from attempts.rules.lifecycle import State
from attempts.transitions import Choice, TwoRunning
from attempts.transitions.starting import Pace
from tests.attempts.candidate import (
    TOTAL,
    a_guest,
    after,
    new_user,
    start_candidate,
)
from tests.factories import interview_of

pytestmark = pytest.mark.django_db


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


def two_running():
    """(a guest, a user, the guest's attempt, the user's attempt), with a text in each."""
    guest, user = a_guest(), new_user()
    as_guest = start_candidate(owner=guest, at=0)
    as_user = start_candidate(owner=Owner(user_id=user.pk), at=10)
    as_guest.save(1, "typed as a guest", at=15)
    as_user.save(1, "typed before", at=15)
    return guest, user, as_guest, as_user


@pytest.mark.parametrize("choice", [None, Choice(uuid4(), discards_other=True)])
def test_two_running_attempts_are_left_alone_until_somebody_chooses(choice):
    guest, user, as_guest, as_user = two_running()

    with pytest.raises(TwoRunning):
        transitions.claim(guest.guest_key, user, now=after(20), choice=choice)

    assert as_guest.attempt.is_running
    assert as_user.attempt.is_running
    assert as_guest.attempt.guest_key == guest.guest_key


@pytest.mark.parametrize("discards_other", [False, True])
@pytest.mark.parametrize("guest_goes_on", [False, True])
def test_of_two_running_attempts_the_chosen_one_goes_on(guest_goes_on, discards_other):
    guest, user, as_guest, as_user = two_running()
    on, ended = (as_guest, as_user) if guest_goes_on else (as_user, as_guest)
    choice = Choice(on.pk, discards_other)

    transitions.claim(guest.guest_key, user, now=after(20), choice=choice)

    assert on.attempt.is_running
    assert ended.attempt.state == (State.DISCARDED if discards_other else State.SUBMITTED)
    assert ended.attempt.finished_at == after(20)
    assert ended.attempt.finish_reason == FinishReason.REPLACED
    assert {as_guest.answer(1).text, as_user.answer(1).text} == {"typed as a guest", "typed before"}
    assert {as_guest.attempt.user, as_user.attempt.user} == {user}


def test_a_choice_is_not_needed_when_the_clock_has_ended_one_of_two():
    guest, user, as_guest, as_user = two_running()
    choice = Choice(as_guest.pk, discards_other=True)

    transitions.claim(guest.guest_key, user, now=after(185), choice=choice)

    assert as_guest.attempt.state == State.EXPIRED
    assert as_user.attempt.is_running


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
    assert len(when_seen(Owner(user_id=user.pk))) == candidate.attempt.answers.count()
