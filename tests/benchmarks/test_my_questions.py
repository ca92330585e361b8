"""My questions with 2,000 attempts of one person, among a few answers and among a million."""

import re
from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts.models import Schedule
from questions.exchange.apply import run_import
from questions.exchange.plan import ImportFile
from questions.formats import FORMATS, read_file
from questions.models import Question
from tests.factories import START, UserFactory
from tests.plain_browser import logged_in
from tests.questions.large_bank import many_questions, many_topics

QUESTIONS, MINE, EACH, CROWD, CROWD_EACH = 3_000, 2_000, 10, (1_000, 250_000), 4
MOST_STATEMENTS, MOST_TIMES = 12, 1.5

ATTEMPTS = """
INSERT INTO attempts_attempt (id, user_id, guest_key, interview_title, timing, number, seed, state,
    time_factor, untimed, think_seconds, at_deadline, started_at, deadline_at, finished_at,
    finish_reason, ended_in, is_hidden)
SELECT gen_random_uuid(), %(user)s, CASE WHEN %(user)s IS NULL THEN 'crowd-' || n / 20 ELSE '' END,
    'Whole', 'per_question', 1, n, 'submitted', 1, false, 0, 'hand_in', at, at, at, 'submitted',
    '', false
FROM generate_series(%(first)s, %(last)s) n,
    LATERAL (SELECT now() - n * interval '1 minute' AS at) times
"""
ANSWERS = """
INSERT INTO attempts_answer (attempt_id, position, version_id, opened_at, closed_at, closed_by,
    time_spent, text, revision, writer, sequence, flagged, engine, not_english, regrade_note,
    confirmed, suggested, share)
SELECT t.id, place + 1, v.id, now(), now(), 'submitted', interval '1 minute',
    'Some words ' || t.seed || repeat(' and true words.', 40), 1, '', 1, false, 'ticked', false,
    '', ARRAY[true, t.seed %% 2 = 0, true, false], ARRAY[true, true, false, false], 0.5
FROM attempts_attempt t
CROSS JOIN generate_series(0, %(each)s - 1) place
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM questions_questionversion) v
    ON v.n = place * 300 + t.seed %% CASE WHEN place = 0 THEN 10 ELSE 300 END
WHERE t.user_id IS NOT DISTINCT FROM %(user)s AND t.seed BETWEEN %(first)s AND %(last)s
"""


def add_attempts(user, first: int, last: int, each: int) -> None:
    places = {"user": user, "first": first, "last": last, "each": each}
    with connection.cursor() as cursor:
        connection.connection.answer_timeout = None
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in (ATTEMPTS, ANSWERS):
            cursor.execute(statement, places)
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE")


def measured(client, address) -> tuple[float, int, list[str]]:
    """Milliseconds, statements, and the tables of attempts that it reads from end to end."""
    taken = []
    for _ in range(7):
        start = perf_counter()
        assert client.get(address).status_code == 200
        taken.append(1000 * (perf_counter() - start))
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    whole = []
    for sql in (query["sql"] for query in captured):
        if sql.startswith("SELECT") and "attempts_" in sql:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {sql}")
                plan = "\n".join(line for (line,) in cursor.fetchall())
            whole += re.findall(r"Seq Scan on (attempts_attempt|attempts_answer)\b", plan)
    return median(taken), len(captured), whole


@pytest.mark.django_db
def test_my_questions_cost_the_same_among_a_million_answers():
    data = FORMATS["json"].write(many_topics(), many_questions(QUESTIONS, status="published"))
    run_import(ImportFile("bank", read_file("bank.json", data)), now=START, author=UserFactory())
    user = UserFactory()
    client = logged_in(user)
    add_attempts(user.pk, 1, MINE, EACH)
    asked = Question.objects.filter(versions__answers__attempt__user=user).distinct()
    Schedule.objects.bulk_create(
        Schedule(
            user=user,
            question=question,
            due_at=START,
            stability=1,
            difficulty=5,
            answers=7,
            answered_at=START,
            share="0.5",
        )
        for question in asked
    )
    much = asked.filter(versions__answers__position=1).first()
    pages = ["/questions/", "/questions/?q=gradient&state=weak", f"/questions/{much.pk}/"]
    before: dict[str, float] = {}
    print()
    first = 1
    for size in CROWD:
        add_attempts(None, first, size, CROWD_EACH)
        first = size + 1
        for address in pages:
            taken, statements, whole = measured(client, address)
            before.setdefault(address, taken)
            print(f"{size:,}: {address}: {taken:.0f} ms, {statements} statements {whole}")
            assert statements <= MOST_STATEMENTS
            if size == CROWD[-1]:
                assert whole == []
                assert taken <= MOST_TIMES * before[address] + 10
