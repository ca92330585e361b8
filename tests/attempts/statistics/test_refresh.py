"""When statistics are computed, and that one process at a time does it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from attempts.models import QuestionStatistics
from attempts.statistics import compute
from attempts.statistics.compute import (
    LOCK,
    MAX_SECONDS,
    REFRESH_EVERY,
    computed_at,
    refresh,
    refresh_if_old,
)
from tests.attempts.statistics.answers import answered, finished, stored
from tests.factories import START, published_question
from tests.threads import together

pytestmark = pytest.mark.django_db


def test_refreshing_twice_leaves_one_row_each_and_forgets_what_is_gone():
    version = published_question().current_version
    answer = answered(finished(), version, "1")
    for _ in range(2):
        refresh(now=START)
    assert QuestionStatistics.objects.count() == 2
    answer.attempt.delete()
    refresh(now=START)
    assert QuestionStatistics.objects.count() == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_refreshes_at_once_leave_one_set_of_rows():
    version = published_question().current_version
    answered(finished(), version, "1")
    done = together(*[lambda: refresh(now=START)] * 2)
    assert True in done
    rows = QuestionStatistics.objects.values_list("question", "asked")
    assert list(rows) == [(version.question_id, 1)] * 2


def test_an_empty_database_has_no_statistics():
    assert refresh(now=START)
    assert computed_at() is None


def test_the_sweep_refreshes_only_what_is_old():
    version = published_question().current_version
    answered(finished(), version, "1")
    young = START + REFRESH_EVERY - timedelta(seconds=1)
    assert refresh_if_old(now=START)
    assert not refresh_if_old(now=young)
    assert computed_at() == START
    assert refresh_if_old(now=START + REFRESH_EVERY)


def test_the_command_refreshes():
    version = published_question().current_version
    answered(finished(), version, "1")
    output = StringIO()
    call_command("refresh_statistics", stdout=output)
    assert output.getvalue() == "statistics computed\n"
    assert stored(version).asked == 1


@pytest.mark.django_db(transaction=True)
def test_the_command_does_nothing_while_another_process_computes():
    output = StringIO()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        together(lambda: call_command("refresh_statistics", stdout=output))
    assert "another process" in output.getvalue()
    assert computed_at() is None


def test_a_refresh_may_take_longer_than_other_statements_and_only_a_refresh():
    with compute._patient_connection():
        assert connection.connection.answer_timeout > MAX_SECONDS
        refresh(now=START)
    usual = connection.connection.answer_timeout
    refresh(now=START)
    assert connection.connection.answer_timeout == usual
    assert usual is None or usual < 60
