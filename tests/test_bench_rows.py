"""The rows that the benches make by SQL are still rows of the tables as they are now."""

import pytest
from django.db import connection

from attempts.models import Answer, Attempt
from tests.benchmarks import many_attempts
from tests.factories import AnswerFactory, AttemptFactory

pytestmark = pytest.mark.django_db


def test_many_attempts_can_be_added():
    model = AttemptFactory()
    for position in (1, 2, 3):
        AnswerFactory(attempt=model, position=position)
    with connection.cursor() as cursor:
        many_attempts.add(cursor, model.pk, size=20)
    made = Attempt.objects.exclude(pk=model.pk)
    assert made.finished().count() == 20
    assert Answer.objects.filter(attempt__in=made).count() == 40
