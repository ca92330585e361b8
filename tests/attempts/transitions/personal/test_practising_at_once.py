"""Practice with real threads: two presses are one question."""

import pytest
from django.db import transaction

from attempts import transitions
from attempts.models import Attempt, Practice
from attempts.transitions.personal.practising import ask_next, practise, start_practice
from attempts.transitions.starting import Pace
from tests.attempts.candidate import a_guest, a_user, after
from tests.factories import published_question
from tests.threads import Threads, together, wait_until_blocked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROUNDS = 10
SOURCE = Practice.Source.DUE


def start(owner, ids, at=0):
    return start_practice(owner, SOURCE, "Practice: due today", ids, Pace(), now=after(at))


@pytest.mark.parametrize("make_owner", [a_user, a_guest])
def test_two_starts_are_one_attempt_of_one_practice(make_owner):
    ids = [published_question().pk for _ in range(3)]
    for _ in range(ROUNDS):
        owner = make_owner()
        first, second = together(*[lambda owner=owner: start(owner, ids)] * 2)
        assert first == second
        assert Attempt.objects.owned_by(owner).get().answers.count() == 1
        assert Practice.objects.owned_by(owner).get() == first.practice


@pytest.mark.parametrize("make_owner", [a_user, a_guest])
def test_many_presses_of_next_are_one_step(make_owner):
    ids = [published_question().pk for _ in range(3)]
    owner = make_owner()
    practice = start(owner, ids).practice
    for number in (1, 2):
        running = Attempt.objects.owned_by(owner).running().get()
        transitions.finish(owner, running.pk, now=after(number * 10))

        def press(number=number):
            return ask_next(owner, practice.pk, now=after(number * 10 + 1))

        attempts = together(*[press] * 8)
        assert {attempt.number for attempt in attempts} == {number + 1}
        assert Attempt.objects.filter(practice=practice).count() == number + 1


def test_a_next_that_waited_for_another_does_not_ask_the_one_after():
    owner = a_guest()
    practice = practise(
        owner, SOURCE, "P", [published_question().pk for _ in range(2)], now=after(0)
    )
    with Threads(1) as threads:
        with transaction.atomic():
            first = ask_next(owner, practice.pk, now=after(1))
            waiting = threads.begin(lambda: ask_next(owner, practice.pk, now=after(2)))
            wait_until_blocked()
        assert waiting.result(timeout=20) == first
    assert Attempt.objects.count() == 1


def test_the_last_question_is_asked_once_and_then_none():
    owner = a_guest()
    practice = start(owner, [published_question().pk]).practice
    transitions.finish(owner, Attempt.objects.get().pk, now=after(5))
    assert set(together(*[lambda: ask_next(owner, practice.pk, now=after(6))] * 8)) == {None}


def test_a_next_against_a_start_of_another_practice_is_one_attempt():
    for _ in range(ROUNDS):
        owner = a_guest()
        ids = [published_question().pk for _ in range(2)]
        practice = practise(owner, SOURCE, "P", ids, now=after(0))
        one, other = together(
            lambda owner=owner, pk=practice.pk: ask_next(owner, pk, now=after(1)),
            lambda owner=owner, ids=ids: start(owner, ids[1:], at=1),
        )
        assert one == other
        assert Attempt.objects.owned_by(owner).count() == 1
