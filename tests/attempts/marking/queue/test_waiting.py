"""What waits, and whether somebody is there to read it."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from attempts import transitions
from attempts.marking.queue.waiting import (
    is_scorer_alive,
    say_gone,
    say_seen,
    wait_for_suggestions,
)
from attempts.models import ScorerSeen
from tests.attempts.marking.answers import answered, suggestion

pytestmark = pytest.mark.django_db


def test_a_process_is_there_while_it_says_so():
    assert not is_scorer_alive()
    for _ in range(2):
        say_seen()
        assert is_scorer_alive()
    ScorerSeen.objects.update(seen_at=F("seen_at") - timedelta(seconds=31))
    assert not is_scorer_alive()
    assert is_scorer_alive(120)
    say_gone()
    assert not is_scorer_alive(120)


def test_a_page_waits_for_its_own_answers_only_and_not_for_long():
    answer = answered()
    answered()
    began = time.monotonic()
    assert wait_for_suggestions(answer.attempt_id, 0.2)
    assert 0.2 <= time.monotonic() - began < 2
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, True]))
    assert wait_for_suggestions(answer.attempt_id, 60)


@pytest.mark.django_db(transaction=True)
def test_a_crowd_that_finishes_together_leaves_the_server_its_threads():
    attempt_id = answered().attempt_id

    def wait() -> bool:
        try:
            return wait_for_suggestions(attempt_id, 1.5)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as crowd:
        waits = [crowd.submit(wait) for _ in range(6)]
        assert sorted(each.result(30) for each in waits) == [False] * 4 + [True] * 2
