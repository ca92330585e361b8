"""A guest's attempts are moved or deleted while something else happens to them."""

from contextlib import suppress

import pytest

from attempts import transitions
from attempts.models import Answer, Attempt
from attempts.owners import Owner
from attempts.rules.lifecycle import State
from attempts.rules.save_verdicts import Verdict
from attempts.transitions import Choice, TwoRunning
from attempts.transitions.starting import Pace
from tests.attempts.candidate import a_guest, after, new_user, start_candidate
from tests.factories import interview_of
from tests.threads import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROUNDS = 10


def test_two_presses_at_once_move_each_attempt_once():
    guest, user = a_guest(), new_user()
    start_candidate(owner=guest).finish(at=5)
    start_candidate(owner=guest, at=10)
    moved = together(*[lambda: transitions.claim(guest.guest_key, user, now=after(20))] * 2)
    assert sorted(moved) == [0, 2]
    assert Attempt.objects.owned_by(Owner(user_id=user.pk)).count() == 2


def claiming(guest, user, **how):
    """Claim; returns how many moved, or None if two were running."""
    try:
        return transitions.claim(guest.guest_key, user, now=after(20), **how)
    except TwoRunning:
        return None


def test_two_who_choose_differently_at_once_end_one_attempt():
    for _ in range(ROUNDS):
        guest, user = a_guest(), new_user()
        both = [start_candidate(owner=o) for o in (guest, Owner(user_id=user.pk))]
        choices = [Choice(one.pk, discards_other=False) for one in both]

        moved = together(*[lambda g=guest, u=user, c=c: claiming(g, u, choice=c) for c in choices])

        assert sorted(moved) == [0, 1]
        assert sorted(one.attempt.state for one in both) == [State.RUNNING, State.SUBMITTED]
        assert {one.attempt.user for one in both} == {user}


def test_a_start_in_the_account_against_the_move_ends_neither():
    for _ in range(ROUNDS):
        guest, user, interview = a_guest(), new_user(), interview_of(1)
        here = start_candidate(owner=guest)

        moved, started = together(
            lambda g=guest, u=user: claiming(g, u),
            lambda u=user, i=interview: transitions.start(
                Owner(user_id=u.pk), i, Pace(), now=after(20)
            ),
        )

        assert here.attempt.is_running
        assert Attempt.objects.get(pk=started.pk).is_running
        assert (moved == 1) is (started == here.attempt)
        assert (moved is None) is (here.attempt.guest_key == guest.guest_key)


def test_forgetting_against_a_move_does_one_of_the_two():
    for _ in range(ROUNDS):
        guest, user = a_guest(), new_user()
        start_candidate(owner=guest).finish(at=5)
        start_candidate(owner=guest, at=10)
        forgotten, moved = together(
            lambda g=guest: transitions.delete_all(g),
            lambda g=guest, u=user: claiming(g, u),
        )
        assert (len(forgotten), moved) in [(2, 0), (0, 2)]
        assert Attempt.objects.owned_by(Owner(user_id=user.pk)).count() == moved


def test_forgetting_against_a_save_leaves_nothing():
    for _ in range(ROUNDS):
        candidate = start_candidate(owner=a_guest())

        def save(candidate=candidate):
            with suppress(Attempt.DoesNotExist):
                candidate.save(1, "typed", at=20)

        together(save, lambda s=candidate: transitions.delete_all(s.owner))
        assert not Answer.objects.filter(attempt=candidate.pk).exists()


def test_a_save_against_a_log_in_counts_or_says_that_the_attempt_has_moved():
    for _ in range(ROUNDS):
        candidate, user = start_candidate(owner=a_guest()), new_user()

        def save(candidate=candidate):
            try:
                return candidate.save(1, "typed", at=20).verdict
            except Attempt.DoesNotExist:
                return None

        verdict, moved = together(
            save, lambda s=candidate, u=user: transitions.claim(s.owner.guest_key, u, now=after(20))
        )
        assert moved == 1
        assert candidate.answer(1).text == ("typed" if verdict == Verdict.ACCEPTED else "")
