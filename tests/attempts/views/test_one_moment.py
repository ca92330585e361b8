"""A page shows an attempt and its answers as of one moment, while an engine is at work."""

import re

import pytest
from django.db import connection

from attempts import transitions
from attempts.models import Attempt
from attempts.transitions.locked import score_of
from tests.attempts.marking.answers import POINTS, suggestion
from tests.factories import AnswerFactory, AttemptFactory, UserFactory, published_question
from tests.plain_browser import HTMX, logged_in
from tests.threads import together

pytestmark = pytest.mark.django_db(transaction=True)

MOST_STATEMENTS = 16


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


class EngineAtWork:
    """After so many statements of a request, an engine has checked every answer."""

    def __init__(self, attempt: Attempt, after: int):
        self.attempt, self.left, self.is_done, self.is_locked = attempt, after, False, False

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        self.left -= 1
        self.is_locked = connection.in_atomic_block and (self.is_locked or "FOR UPDATE" in sql)
        if self.left <= 0 and not self.is_done and not self.is_locked:
            self.is_done = True
            together(self.check)
        return result

    def check(self) -> None:
        for answer in self.attempt.answers.all():
            transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, False]))


def requests_meanwhile(attempt, request):
    """The response to a request, for each statement after which an engine may have come in."""
    client = logged_in(attempt.user)
    for after in range(1, MOST_STATEMENTS):
        attempt.answers.update(suggested=None, evidence=None, engine="", confirmed=None, share=None)
        Attempt.objects.filter(pk=attempt.pk).update(score=None)
        with connection.execute_wrapper(EngineAtWork(attempt, after)):
            yield request(client)


@pytest.fixture(autouse=True)
def no_engine(monkeypatch):
    monkeypatch.setattr("attempts.views.result.suggest_soon", lambda answers: None)


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
        row = response.context["rows"][0].attempt
        assert (row.score is None) == (row.suggested == 0)


def test_an_attempt_in_the_admin_has_the_score_of_its_answers(attempt):
    address = f"/admin/attempts/attempt/{attempt.pk}/change/"
    for response in requests_meanwhile(attempt, lambda c: c.get(address)):
        html = response.content.decode()
        score = re.search(r'Score:</label>\s*<div class="readonly">(.*?)</div>', html)
        shares = re.findall(r'field-share_in_percent">\s*<p>(.*?)</p>', html)
        assert (bool(score), len(shares)) == (True, 3)
        assert (score[1] == "-") == (set(shares) == {"–"}), (score[1], shares)
