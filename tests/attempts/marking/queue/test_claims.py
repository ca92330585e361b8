"""One process at a time has an answer, and for a while only."""

from datetime import timedelta

import pytest
from django.db.models import F

from attempts.marking.queue import claims
from attempts.models import Answer, ScorerClaim
from quizsite.clock import database_now
from tests.attempts.chat_engine.stand_in import says, standing_in
from tests.attempts.marking.queue.answers import closed
from tests.factories import AnswerFactory, AttemptFactory
from tests.threads import together

pytestmark = pytest.mark.django_db


def let_pass(seconds: float) -> None:
    """As if the claims had been made so much earlier."""
    ScorerClaim.objects.update(until=F("until") - timedelta(seconds=seconds))


def test_each_is_claimed_once_from_both_ends():
    first, second, third = (closed(ago) for ago in (30, 20, 10))
    assert claims.claim(newest=True) == third.pk
    assert claims.claim(newest=False) == first.pk
    assert claims.claim(newest=False) == second.pk
    assert claims.claim(newest=True) is None


def test_an_answer_of_a_running_attempt_is_read_once_it_is_closed():
    attempt = AttemptFactory()
    open_one = AnswerFactory(attempt=attempt, position=1, written=True)
    assert claims.claim(newest=True) is None
    Answer.objects.filter(pk=open_one.pk).update(closed_at=database_now(), closed_by="submitted")
    assert claims.claim(newest=True) == open_one.pk


def test_what_is_blank_read_or_discarded_is_left():
    closed(5, text=" \n"), closed(5, engine="test-1")
    discarded = closed(5)
    discarded.attempt.state = "discarded"
    discarded.attempt.save()
    assert claims.claim(newest=True) is None


def test_a_quick_look_passes_over_what_was_closed_long_ago():
    old = closed(2 * 60 * 60)
    assert claims.claim(newest=True) is None
    assert claims.claim(newest=True, recent=False) == old.pk


def test_a_claim_ends_so_that_a_process_that_is_gone_keeps_nothing():
    answer = closed(5)
    assert claims.claim(newest=True) == answer.pk
    let_pass(claims.HOLDS_SECONDS - 5)
    assert claims.claim(newest=True) is None
    let_pass(10)
    assert claims.claim(newest=True) == answer.pk


def test_an_answer_that_ends_each_process_is_tried_ever_more_seldom():
    closed(5)
    waits = []
    for _ in range(9):
        assert claims.claim(newest=True) is not None
        (held,) = ScorerClaim.objects.all()
        waits.append(round((held.until - database_now()).total_seconds()))
        let_pass(waits[-1] + 1)
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 1920, 1920]


def test_one_that_failed_is_put_off_ever_longer_and_is_free_once_released():
    answer = closed(5)
    waits = []
    for _ in range(3):
        claims.claim(newest=True)
        claims.put_off(answer.pk)
        (held,) = ScorerClaim.objects.all()
        waits.append(round((held.until - database_now()).total_seconds()))
        assert claims.claim(newest=True) is None
        let_pass(waits[-1] + 1)
    assert waits == [60, 120, 240]
    claims.claim(newest=True)
    claims.release([answer.pk])
    assert claims.claim(newest=True) == answer.pk


def test_a_server_that_is_slow_has_its_time(settings):
    closed(5)
    with standing_in(says({}), seconds=45) as (settings.SCORER, _):
        claims.claim(newest=True)
    (held,) = ScorerClaim.objects.all()
    assert round((held.until - database_now()).total_seconds()) == 75


def test_old_claims_are_forgotten():
    closed(5), claims.claim(newest=True)
    let_pass(24 * 60 * 60)
    claims.forget_old()
    assert ScorerClaim.objects.count() == 1
    let_pass(60)
    claims.forget_old()
    assert ScorerClaim.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_each_answer_once():
    answers = {closed(5).pk for _ in range(40)}

    def take() -> list[int]:
        taken = []
        while (got := claims.claim(newest=len(taken) % 2 == 0)) is not None:
            taken.append(got)
        return taken

    taken = [pk for each in together(*[take] * 6) for pk in each]
    assert len(taken) == len(set(taken)) == 40
    assert set(taken) == answers
