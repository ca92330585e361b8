"""No site runs without time-outs unnoticed."""

import pytest
from django.db import connection

from quizsite.database.time_outs import check_time_outs, missing_time_outs

pytestmark = pytest.mark.django_db


def test_a_connection_of_ours_has_them():
    assert missing_time_outs() == []
    assert check_time_outs(databases=["default"]) == []


@pytest.mark.parametrize("value", ["0", "9s"])
def test_one_that_is_off_or_too_long_is_named(value):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{value}'")
    (line,) = missing_time_outs()
    assert line.startswith("statement_timeout is ")
    assert [error.id for error in check_time_outs(databases=["default"])] == ["quizsite.E001"]
    assert check_time_outs(databases=None) == []  # a check that may not connect


def test_a_shorter_one_will_do():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1s'")
    assert missing_time_outs() == []


def test_no_limit_is_accepted_where_it_was_asked_for(settings):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
    settings.DATABASE_TIME_OUTS = {**settings.DATABASE_TIME_OUTS, "statement_timeout": 0}
    assert missing_time_outs() == []


def test_what_the_url_sets_is_the_operators_own():
    options = connection.settings_dict["OPTIONS"]
    usual = options["options"]
    options["options"] = f"{usual} -c statement_timeout=0"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        assert missing_time_outs() == []
    finally:
        options["options"] = usual
