"""Tables of exceptions whose words repeat a value, and of those that do not."""

import smtplib

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import NoReverseMatch

from quizsite.logs.tracebacks import LEFT_OUT, named, quiet_traceback, words_of

SECRET = "planted-answer"


@pytest.mark.parametrize(
    "failure",
    [
        *(kind(f"bad: {SECRET}") for kind in (ValueError, KeyError, Exception, RuntimeError)),
        *(kind(f"bad: {SECRET}") for kind in (NoReverseMatch, ValidationError, LookupError)),
        AssertionError(f"'{SECRET}' == ''"),
        OSError(SECRET),
        FileNotFoundError(2, "No such file or directory", f"/tmp/{SECRET}.csv"),
        smtplib.SMTPRecipientsRefused({f"{SECRET}@example.org": (550, b"no")}),
        UnicodeEncodeError("ascii", SECRET, 0, 1, "ordinal not in range"),
        ExceptionGroup(SECRET, [ValueError(SECRET)]),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_words_that_may_quote_somebody_are_left_out(failure):
    failure.add_note(SECRET)
    try:
        raise failure
    except Exception as raised:
        told = quiet_traceback(raised)
    assert SECRET not in told.replace(f'f"bad: {SECRET}"', "")
    assert type(failure).__name__ in told
    assert "test_tracebacks.py" in told


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (AttributeError("'NoneType' object has no attribute 'pk'"), None),
        (ImportError("No module named 'brotli'"), None),
        (RuntimeError("can't start new thread"), None),
        (ConnectionRefusedError(111, "Connection refused"), "Connection refused"),
        (ValueError("invalid literal"), LEFT_OUT),
    ],
)
def test_words_that_help_and_quote_nobody_stay(failure, words):
    assert words_of(failure) == (words or str(failure))
    assert named(failure) == f"{type(failure).__name__}: {words or failure}"


def test_every_exception_of_the_chain_is_told():
    def fail():
        try:
            {}[SECRET]
        except KeyError as missing:
            raise ValueError(SECRET) from missing

    with pytest.raises(ValueError, match=SECRET) as raised:
        fail()
    told = quiet_traceback(raised.value)
    assert SECRET not in told
    assert told.index("KeyError") < told.index("That led to:") < told.index("ValueError")


STATEMENTS = {
    "a check fails": "INSERT INTO planted (id, text, state) VALUES (1, %(secret)s, 'wrong')",
    "a text is there": "INSERT INTO planted (id, text, state)"
    " VALUES (1, %(secret)s, 'a'), (2, %(secret)s, 'a')",
    "no number": "SELECT %(secret)s::int",
    "no uuid": "SELECT %(secret)s::uuid",
    "no json": "SELECT %(secret)s::jsonb",
    "no date": "SELECT %(secret)s::timestamptz",
    "no such function": "SELECT nothing_of_this_name(%(secret)s)",
    "no syntax": "SELECT FROM WHERE %(secret)s",
}


@pytest.mark.django_db
@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_postgresqls_errors_show_no_row_and_no_statement(statement):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE planted"
            " (id int PRIMARY KEY, text text UNIQUE, state text CHECK (state = 'a')) ON COMMIT DROP"
        )
        with pytest.raises(DatabaseError, match=SECRET) as raised, transaction.atomic():
            cursor.execute(statement, {"secret": SECRET})
    told = quiet_traceback(raised.value)
    assert "test_tracebacks.py" in told
    assert SECRET not in told


@pytest.mark.django_db
def test_the_name_of_a_constraint_stays():
    from tests.factories import UserFactory

    user = UserFactory()
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        UserFactory(username=user.username)
    assert words_of(raised.value).endswith(
        'violates unique constraint "auth_user_username_key" [23505]'
    )
    assert user.username in str(raised.value)
    assert user.username not in quiet_traceback(raised.value)
