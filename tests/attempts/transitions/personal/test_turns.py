"""Starting, deleting and moving at once: nobody waits for each other, nothing ends in an error.

Each test has one side stop in the middle, so that the other one meets it there.
"""

import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction

from attempts import transitions
from attempts.models import Attempt, OwnInterview, Practice
from attempts.owners import Owner
from attempts.transitions.locked import lock_row
from attempts.transitions.personal.own_interviews import (
    delete_left_over,
    delete_own,
    save_own,
    start_own,
)
from attempts.transitions.personal.practising import ask_next, practise, start_practice
from attempts.transitions.personal.turns import take_turns
from attempts.transitions.starting import Pace
from tests.attempts.candidate import a_guest, after, new_user, start_candidate
from tests.factories import START, published_question
from tests.threads import Threads, wait_until_blocked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAY = 24 * 60 * 60


@contextmanager
def meeting(*acts):
    """The block comes first, and its locks stay; then each of the acts begins, in order, and waits.

    Whichever act raises, raises here.
    """
    with Threads(len(acts)) as threads:
        with transaction.atomic():
            yield
            begun = []
            for act in acts:
                begun.append(threads.begin(act))
                wait_until_blocked()
                time.sleep(0.3)  # the later ones wait behind the first one
        for act in begun:
            act.result(timeout=30)


def own_of(owner: Owner, **fields) -> OwnInterview:
    fields = {"count": 1, "created_at": START, **fields}
    return OwnInterview(guest_key=owner.guest_key, **fields)


def saved_own(owner: Owner, **fields) -> OwnInterview:
    return save_own(own_of(owner, **fields), "Mine")


def test_next_of_a_practice_against_a_move_of_its_guest():
    guest, user = a_guest(), new_user()
    ids = [published_question().pk for _ in range(2)]
    practice = practise(guest, Practice.Source.DUE, "P", ids, now=after(0))
    attempt = ask_next(guest, practice.pk, now=after(0))
    with meeting(
        lambda: transitions.claim(guest.guest_key, user, now=after(1)),
        lambda: gone_or(lambda: ask_next(guest, practice.pk, now=after(1))),
    ):
        lock_row(Attempt.objects.filter(pk=attempt.pk))
    attempt.refresh_from_db()
    assert attempt.owner == attempt.practice.owner == Owner(user_id=user.pk)


def gone_or(act):
    """None if what it is about has another owner by then, or is deleted."""
    try:
        return act()
    except (Attempt.DoesNotExist, Practice.DoesNotExist, OwnInterview.DoesNotExist):
        return None


def test_a_tick_against_a_move_that_ends_an_attempt():
    guest, user = a_guest(), new_user()
    ended = start_candidate(owner=guest)
    ended.save(1, "Something true.", at=1)
    ended.finish(at=5)
    start_candidate(owner=guest, at=10)
    with meeting(
        lambda: transitions.claim(guest.guest_key, user, now=after(DAY)),
        lambda: gone_or(
            lambda: transitions.mark(guest, ended.pk, 1, [True, False], now=after(DAY))
        ),
    ):
        take_turns(guest, "schedule")
    assert Attempt.objects.owned_by(Owner(user_id=user.pk)).finished().count() == 2


@pytest.mark.parametrize("is_saved", [True, False])
def test_starting_an_own_interview_against_deleting_everything(is_saved):
    guest = a_guest()
    published_question()
    own = saved_own(guest) if is_saved else own_of(guest)
    with meeting(lambda: transitions.delete_all(guest)):
        start_own(own, Pace(), now=after(0))
    assert not Attempt.objects.exists()
    assert not OwnInterview.objects.exists()


def test_deleting_everything_against_starting_an_own_interview():
    guest = a_guest()
    published_question()
    own = saved_own(guest)
    with meeting(lambda: gone_or(lambda: start_own(own, Pace(), now=after(0)))):
        transitions.delete_all(guest)
    assert not Attempt.objects.exists()


def test_starting_an_own_interview_against_deleting_it():
    guest = a_guest()
    published_question()
    own = saved_own(guest)
    with meeting(lambda: delete_own(OwnInterview.objects.get(pk=own.pk))):
        attempt = start_own(own, Pace(), now=after(0))
    attempt.refresh_from_db()
    assert attempt.is_running
    assert attempt.own_interview is None


@pytest.mark.parametrize("tidies", ["save", "sweep"])
def test_starting_what_was_left_over_against_tidying_up(tidies):
    guest = a_guest()
    published_question()
    left_over = own_of(guest)
    left_over.save()
    other = saved_own(guest, count=2)

    def tidy():
        if tidies == "save":
            save_own(own_of(guest, count=3), "Mine", instead_of=other)
        else:
            delete_left_over(now=START + timedelta(days=3))

    with Threads(1) as threads:
        with transaction.atomic():
            attempt = start_own(own_of(guest), Pace(), now=after(0))
            tidying = threads.begin(tidy)
            time.sleep(0.5)
        tidying.result(timeout=30)
    attempt.refresh_from_db()
    assert attempt.own_interview == left_over


def test_going_on_with_a_practice_against_tidying_it_up():
    guest, ids = a_guest(), [published_question().pk]
    practice = practise(guest, Practice.Source.DUE, "Old", ids, now=after(0))
    later = after(2 * DAY)
    with meeting(lambda: start_practice(guest, Practice.Source.DUE, "New", ids, Pace(), now=later)):
        ask_next(guest, practice.pk, now=later)
    assert Attempt.objects.get().practice == Practice.objects.get() == practice


def test_starting_a_practice_against_deleting_everything():
    guest, ids = a_guest(), [published_question().pk]
    with meeting(lambda: transitions.delete_all(guest)):
        start_practice(guest, Practice.Source.DUE, "P", ids, Pace(), now=after(0))
    assert not Attempt.objects.exists()
    assert not Practice.objects.exists()
