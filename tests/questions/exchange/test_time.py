"""How long a large import takes."""

from time import perf_counter

import pytest
from django.db import connection

from questions.exchange.apply import run_import
from questions.exchange.plan import ImportFile
from questions.formats import FORMATS, read_file
from questions.models import Question, QuestionVersion
from tests.factories import START, UserFactory
from tests.questions.large_bank import many_questions, many_topics

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LIMIT = 45
"""Seconds. 5,000 questions take 3 to 6 on two idle cores, and 10,000 take twice as long."""


def known_rows(model) -> int:
    """How many rows PostgreSQL believes that the table has."""
    with connection.cursor() as cursor:
        table = [model._meta.db_table]
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", table)
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("name", "count", "times"), [*((name, 1_000, 1) for name in FORMATS), ("json", 5_000, 2)]
)
def test_thousands_of_questions_are_imported_and_then_changed_in_time(name, count, times):
    for number in range(1, times + 1):
        questions = many_questions(count)
        if number == 2:
            questions = [
                type(q)(**{**vars(q), "answer": f"{q.answer} More.", "seconds": 77})
                for q in questions
            ]
        data = FORMATS[name].write(many_topics(), questions)
        author = UserFactory()

        start = perf_counter()
        file = ImportFile("bank", read_file(f"bank{FORMATS[name].suffix}", data))
        read = perf_counter()
        imported = run_import(file, now=START, author=author)
        seconds = perf_counter() - start

        print(f"\n{name} {len(data):,} bytes: read {read - start:.1f} s, all {seconds:.1f} s")
        assert seconds < LIMIT * count / 5_000
        assert imported == count
        assert Question.objects.count() == count
        assert QuestionVersion.objects.count() == count * number
        assert known_rows(Question) == count  # else the next import may take very long
