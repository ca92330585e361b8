"""A page shows an attempt and its answers as of one moment, while an engine is at work."""

import re
from collections.abc import Callable

import pytest
from django.db import connection

from attempts import transitions
from attempts.models import Attempt, Suggestion
from attempts.rules.numbers import UNKNOWN
from attempts.transitions.locked import score_of
from tests.attempts.marking.answers import POINTS
from tests.factories import START, AnswerFactory, AttemptFactory, UserFactory, published_question
from tests.plain_browser import HTMX, logged_in
from tests.threads import together

pytestmark = pytest.mark.django_db(transaction=True)

MOST_STATEMENTS = 16
FOUND = {"confidence": 0.9, "text": POINTS[0], "opposite": None}
HALF_TO_WHOLE = Suggestion([True, False], [FOUND, FOUND], "test-1")
"""Finds the first of two points, and is unsure of the second one."""


@pytest.fixture
def attempt():
    """Finished, with three answers that no engine has looked at."""
    attempt = AttemptFactory(user=UserFactory(is_staff=True, is_superuser=True), finished=True)
    for position in (1, 2, 3):
        version = published_question(key_points=POINTS).current_version
        AnswerFactory(
            attempt=attempt, version=version, position=position, written=True, closed=True
        )
    return attempt


class SomebodyAtWork:
    """After so many statements of a request, something else has happened to the attempt."""

    def __init__(self, happen: Callable[[], object], after: int):
        self.happen, self.left, self.is_done, self.is_locked = happen, after, False, False

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        self.left -= 1
        self.is_locked = connection.in_atomic_block and (self.is_locked or "FOR UPDATE" in sql)
        if self.left <= 0 and not self.is_done and not self.is_locked:
            self.is_done = True
            together(self.happen)
        return result


def check(attempt: Attempt) -> None:
    """An engine checks every answer."""
    for answer in attempt.answers.all():
        transitions.store_suggestion(answer.pk, answer.revision, HALF_TO_WHOLE)


def requests_meanwhile(attempt, request):
    """The response to a request, for each statement after which an engine may have come in."""
    client = logged_in(attempt.user)
    for after in range(1, MOST_STATEMENTS):
        attempt.answers.update(suggested=None, evidence=None, engine="", confirmed=None, share=None)
        Attempt.objects.filter(pk=attempt.pk).update(score=None)
        with connection.execute_wrapper(SomebodyAtWork(lambda: check(attempt), after)):
            yield request(client)


def requests_while_ticked(attempt, request):
    """The response to a request, for each statement after which the candidate may have ticked."""
    client = logged_in(attempt.user)

    def tick_all():
        for answer in attempt.answers.all():
            transitions.mark(attempt.owner, attempt.pk, answer.position, [True] * 2, now=START)

    for after in range(1, MOST_STATEMENTS):
        attempt.answers.update(confirmed=None)
        check(attempt)
        with connection.execute_wrapper(SomebodyAtWork(tick_all, after)):
            yield request(client)


def test_the_score_of_a_result_belongs_to_its_answers(attempt):
    for response in requests_meanwhile(attempt, lambda c: c.get(attempt.get_absolute_url())):
        page = response.context["result"]
        assert page.attempt.score == score_of(page.answers)
        assert (page.attempt.score is None) == page.is_waiting


def test_what_follows_from_a_tick_belongs_to_the_answers(attempt):
    address = f"{attempt.get_absolute_url()}1/"
    for response in requests_meanwhile(
        attempt, lambda c: c.post(address, {"points": ["0"]}, headers=HTMX)
    ):
        page = response.context["result"]
        assert page.attempt.score == score_of(page.answers)


def test_a_refused_report_is_shown_with_a_score_of_its_answers(attempt):
    address = f"{attempt.get_absolute_url()}1/report/"
    for response in requests_meanwhile(attempt, lambda c: c.post(address, {"text": ""})):
        page = response.context["result"]
        assert page.attempt.score == score_of(page.answers)


def test_a_row_of_the_history_agrees_with_itself(attempt):
    for response in requests_meanwhile(attempt, lambda c: c.get("/attempts/")):
        (row,) = response.context["history"].rows
        assert (row.attempt.score is None) == (row.attempt.suggested == 0)
        assert row.score_range == (None if row.attempt.score is None else (50, 100))


AS_ONE = {(50, (50, 100)), (100, None)}
"""The score and the range before and after the candidate ticks all points."""


def test_score_and_range_in_the_history_belong_together(attempt):
    for response in requests_while_ticked(attempt, lambda c: c.get("/attempts/")):
        (row,) = response.context["history"].rows
        assert (row.attempt.score, row.score_range) in AS_ONE


def test_score_and_range_in_the_admin_s_list_belong_together(attempt):
    address = "/admin/attempts/attempt/"
    for response in requests_while_ticked(attempt, lambda c: c.get(address)):
        (row,) = response.context["cl"].result_list
        assert (row.score, row.score_range) in AS_ONE


def test_the_admin_s_list_of_attempts_agrees_with_itself(attempt):
    address = "/admin/attempts/attempt/"
    for response in requests_meanwhile(attempt, lambda c: c.get(address)):
        shown = re.search(r'field-score_shown">(.*?)<', response.content.decode())
        assert shown
        assert shown[1] in (UNKNOWN, "50 to 100")


def test_an_attempt_in_the_admin_has_the_score_of_its_answers(attempt):
    address = f"/admin/attempts/attempt/{attempt.pk}/change/"
    for response in requests_meanwhile(attempt, lambda c: c.get(address)):
        html = response.content.decode()
        score = re.search(r'Score:</label>\s*<div class="readonly">(.*?)</div>', html)
        shares = re.findall(r'field-share_in_percent">\s*<p>(.*?)</p>', html)
        assert (bool(score), len(shares)) == (True, 3)
        assert (score[1] == UNKNOWN) == (set(shares) == {UNKNOWN}), (score[1], shares)
