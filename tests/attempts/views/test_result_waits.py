"""The result while answers of it still wait for an engine."""

import time

import pytest

from attempts.marking.queue.waiting import say_seen
from attempts.views.result import WAIT_SECONDS
from tests.attempts.views.results import finished, result_of, tick
from tests.plain_browser import visit
from tests.scorer import scorer_at_work

pytestmark = pytest.mark.django_db


def test_while_the_engine_checks_nothing_is_asked_of_the_candidate(client):
    say_seen()
    page = visit(client, finished(client, answered=1, asked=1).get_absolute_url())
    assert (result_of(page).is_waiting, result_of(page).score.asks_to_check) == (True, False)
    assert "Please check" not in page.words
    assert not result_of(page).is_read_later


def test_all_can_be_accepted_once_all_are_checked(client):
    attempt = finished(client, answered=2, asked=2)
    said = [{"confidence": 0.9, "text": "x", "opposite": None}] * 2
    found = {"engine": "test-1", "suggested": [True, True], "evidence": said, "share": 1}
    attempt.answers.filter(position=1).update(**found)

    def is_offered() -> bool:
        return 'id="accept-all"' in visit(client, attempt.get_absolute_url()).html

    assert is_offered()  # nobody is at work, so that the other one may take long
    say_seen()
    assert not is_offered()
    attempt.answers.filter(position=2).update(**found)
    assert is_offered()


def test_while_no_engine_is_at_work_the_page_says_so_and_the_candidate_may_tick(client):
    attempt = finished(client, answered=1, asked=1)
    began = time.monotonic()
    page = visit(client, attempt.get_absolute_url())
    assert time.monotonic() - began < WAIT_SECONDS + 2
    assert (result_of(page).is_waiting, result_of(page).is_read_later) == (True, True)
    assert "1 answer will be checked automatically later" in page.words
    assert "Please check 1 answer." in page.words
    tick(client, attempt, 1, 0, 1)
    assert visit(client, attempt.get_absolute_url()).words.count("100 / 100") == 1


@pytest.mark.django_db(transaction=True)
def test_while_an_engine_is_at_work_the_first_view_has_most_of_it(client):
    with scorer_at_work():
        pages = []
        for _ in range(6):
            attempt = finished(client, answered=1, asked=1)
            pages.append(visit(client, attempt.get_absolute_url()))
    assert sum(not result_of(page).is_waiting for page in pages) >= 3
