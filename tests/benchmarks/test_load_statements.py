"""How many SQL statements each step takes, and which of them read a whole table of attempts.

Counted in this process; BEGIN and COMMIT are not statements here, nor is the pool's check.
"""

import re

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from attempts.models import Attempt
from tests.benchmarks import many_attempts

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = ("host", "port", "dbname", "user", "password")  # without the site's time-outs
LIMITS = {"autosave": 3, "show question": 8}


class StatementRecorder:
    """Collects the statements of one connection, with their parameters."""

    def __init__(self):
        self.statements: list[tuple[str, tuple]] = []

    def __call__(self, execute, sql, params, many, context):
        self.statements.append((sql, params))
        return execute(sql, params, many, context)


def take_interview() -> dict[str, list[tuple[str, tuple]]]:
    """The statements of each step of an interview by a guest who is new."""
    client, statements = Client(), {}

    def step(name, method, url, fields=None):
        recorder = StatementRecorder()
        with connection.execute_wrapper(recorder):
            reply = getattr(client, method)(url, fields)
        assert reply.status_code < 400
        statements[name] = recorder.statements
        return reply

    step("home", "get", "/")
    step("interview", "get", "/interviews/full-interview/")
    url = step("start", "post", "/interviews/full-interview/", {})["Location"]
    step("show question", "get", url)
    form = {
        "position": 1,
        "revision": 0,
        "writer": "w",
        "sequence": 1,
        "text": "A",
        "cause": "auto",
    }
    step("autosave", "post", f"{url}save/", form)
    step("read clock", "get", f"{url}clock/")
    step("submit", "post", f"{url}submit/", form | {"sequence": 2, "text": "AB", "cause": ""})
    step("before finish", "get", f"{url}finish/")
    step("finish", "post", f"{url}finish/", {"confirmed": "1"})
    step("review", "get", f"{url}review/")
    step("history", "get", "/attempts/")
    return statements


def tables_read_whole(statements) -> list[str]:
    """The tables of attempts that the statements read from end to end, by their plans."""
    tables = []
    for sql, params in statements:
        if sql.startswith(("SELECT", "UPDATE")) and "attempts_" in sql:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {sql}", params)
                plan = "\n".join(line for (line,) in cursor.fetchall())
            tables += re.findall(r"Seq Scan on (attempts_\w+)", plan)
    return tables


def test_statements_and_plans_do_not_depend_on_how_many_attempts_there_are():
    call_command("seed_questions", verbosity=0)
    few = take_interview()
    parameters = connection.get_connection_params()
    with psycopg.connect(**{name: parameters.get(name) for name in ADDRESS}) as other:
        many_attempts.add(other.cursor(), Attempt.objects.first().pk)
    many = take_interview()
    read_whole = {step: tables_read_whole(statements) for step, statements in many.items()}

    more_attempts = f"with {many_attempts.SIZE:,} attempts more"
    print(f"\n\n{'SQL statements':<16}{'few':>6}{more_attempts:>30}   whole tables read")
    for step, statements in few.items():
        tables = ", ".join(sorted(set(read_whole[step])))
        print(f"{step:<16}{len(statements):>6}{len(many[step]):>30}   {tables or 'nothing'}")

    assert {step: len(few[step]) for step, limit in LIMITS.items() if len(few[step]) > limit} == {}
    assert {step: len(many[step]) for step in many} == {step: len(few[step]) for step in few}
    assert {step: read_whole[step] for step in LIMITS} == {step: [] for step in LIMITS}
