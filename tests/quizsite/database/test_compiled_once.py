"""A query compiled once finds what the queryset itself finds."""

import pytest
from django.db import connection
from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from attempts.models import Answer
from quizsite.database.compiled_once import CompiledOnce, parameter
from tests.attempts.candidate import start_candidate

pytestmark = pytest.mark.django_db


def answers(attempt):
    rows = Answer.objects.filter(attempt=attempt).order_by("position")
    rows = rows.select_related("attempt__practice", "version__question__topic")
    return rows.defer("version__question__phrasings")


def values(row) -> dict:
    """All that was read of a row, and of the rows that were selected with it."""
    return {
        name: values(value) if hasattr(value, "_meta") else value
        for name, value in (vars(row) | row._state.fields_cache).items()
        if name != "_state"
    }


def test_it_finds_what_the_queryset_finds_with_other_values_each_time():
    compiled = CompiledOnce(lambda: answers(parameter("attempt")))
    for candidate in (start_candidate(), start_candidate()):
        Answer.objects.filter(attempt=candidate.pk, position=2).update(
            suggested=[True], evidence=[{"confidence": 0.5, "text": None}], text="50 % “%s”"
        )
        expected = list(answers(candidate.pk))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = compiled.rows(attempt=candidate.pk)
            assert [values(row) for row in found] == [values(row) for row in expected]
        assert len(queries) == 1
        assert found[1].evidence == [{"confidence": 0.5, "text": None}]
        assert found[0].version.question.get_deferred_fields() == {"phrasings"}
        assert found[0].attempt.practice is None
    assert len(expected) > 1


def test_its_own_values_annotations_and_a_name_used_twice_are_kept():
    candidate = start_candidate()
    candidate.save(2, "50 %", at=5, revision=0)

    def rows(attempt, text):
        written = Answer.objects.filter(attempt=attempt, text=text, position__lte=2)
        return written.annotate(again=Concat(text, Value(" %s"), output_field=TextField()))

    compiled = CompiledOnce(lambda: rows(parameter("attempt"), parameter("text")))
    (expected,) = rows(candidate.pk, Value("50 %"))
    (found,) = compiled.rows(attempt=candidate.pk, text="50 %")
    assert (found, found.again) == (expected, "50 % %s")
    assert compiled.rows(attempt=candidate.pk, text="another") == []


def test_it_finds_nothing_where_there_is_nothing():
    start_candidate()
    compiled = CompiledOnce(lambda: answers(parameter("attempt")))
    assert compiled.rows(attempt="00000000-0000-0000-0000-000000000000") == []
