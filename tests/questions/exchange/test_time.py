"""How long a large import takes."""

from time import perf_counter

import pytest

from questions.exchange.apply import run_import
from questions.exchange.plan import ImportFile
from questions.formats import FORMATS, read_file
from questions.models import Question, QuestionVersion
from tests.factories import START, UserFactory
from tests.questions.large_bank import many_questions, many_topics

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
COUNT = 5_000
LIMIT = 45
"""Seconds. It takes 3 to 6 on two idle cores, and 10,000 questions take twice as long."""


@pytest.mark.parametrize(("name", "times"), [*((name, 1) for name in FORMATS), ("json", 2)])
def test_5000_questions_are_imported_and_then_changed_in_time(name, times):
    for number in range(1, times + 1):
        questions = many_questions(COUNT)
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
        count = run_import(file, now=START, author=author)
        seconds = perf_counter() - start

        print(f"\n{name} {len(data):,} bytes: read {read - start:.1f} s, all {seconds:.1f} s")
        assert seconds < LIMIT
        assert count == COUNT
        assert Question.objects.count() == COUNT
        assert QuestionVersion.objects.count() == COUNT * number
