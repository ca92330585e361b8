"""Several rows stored in one statement, as Django's bulk_update stores them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, transaction

from attempts.models import Answer, Attempt
from quizsite.database.update_rows import update_rows
from tests.factories import START, AnswerFactory, AttemptFactory

pytestmark = pytest.mark.django_db

TEXTS = ["", "plain", "100 % {a,b} \"quoted\" \\ 'x'", "two\nlines; NULL", None]


@pytest.fixture
def answers():
    attempt = AttemptFactory(finished=True)
    return [AnswerFactory(attempt=attempt) for _ in range(len(TEXTS) + 1)]


def stored(answers, *names) -> list[tuple]:
    rows = Answer.objects.filter(pk__in=[answer.pk for answer in answers]).order_by("pk")
    return list(rows.values_list(*names))


def test_each_row_gets_its_own_values_and_others_stay(answers, django_assert_num_queries):
    *some, other = answers
    names = ["text_at_deadline", "time_spent", "closed_at", "closed_by", "limit", "flagged"]
    before = stored([other], *names)
    for number, (answer, text) in enumerate(zip(some, TEXTS, strict=True)):
        answer.text_at_deadline, answer.flagged = text, number % 2 == 0
        answer.time_spent = timedelta(seconds=number, microseconds=number)
        answer.closed_at = START + timedelta(hours=number)
        answer.closed_by = "finish"
        answer.limit = timedelta(minutes=number) if number else None
        answer.text = "not named"
    with django_assert_num_queries(1):
        update_rows(some, names)
    assert stored(some, *names) == [tuple(getattr(a, n) for n in names) for a in some]
    assert stored([other], *names) == before
    assert {text for (text,) in stored(answers, "text")} == {""}


def test_numbers_and_keys_that_are_uuids():
    attempts = [AttemptFactory(finished=True) for _ in range(3)]
    scores = [Decimal("33.33"), None, Decimal(100)]
    for attempt, score in zip(attempts, scores, strict=True):
        attempt.score = score
    update_rows(attempts, ["score"])
    assert [Attempt.objects.get(pk=attempt.pk).score for attempt in attempts] == scores


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [("closed_by", "x" * 99, DataError), ("sureness", 9, IntegrityError)],
)
def test_what_the_table_refuses_is_refused_for_all(answers, field, value, error):
    before = stored(answers, field)
    setattr(answers[0], field, value)
    with pytest.raises(error), transaction.atomic():
        update_rows(answers, [field])
    assert stored(answers, field) == before
