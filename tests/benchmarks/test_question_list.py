"""The admin's lists over 10,000 questions: what each page reads, whatever its number."""

import json
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts.statistics.compute import refresh
from questions.exchange.apply import run_import
from questions.exchange.plan import ImportFile
from questions.formats import FORMATS, read_file
from quizsite.clock import database_now
from tests.admin_pages import QUESTIONS
from tests.factories import START, UserFactory
from tests.questions.large_bank import many_questions, many_topics

COUNT, ATTEMPTS, EACH, REPORTS = 10_000, 20_000, 10, 20_000
MOST_BUFFERS = 60_000

# One in forty reports is open. The newest attempts are the last.
FILL = [
    """
    INSERT INTO attempts_attempt (id, guest_key, interview_title, timing, number, seed, state,
        time_factor, untimed, think_seconds, at_deadline, "limit", started_at, deadline_at,
        finished_at, finish_reason)
    SELECT gen_random_uuid(), 'guest-' || n, 'Whole', 'per_question', 1, n, 'submitted', 1, false,
        0, 'hand_in', NULL, now(), now(), now(), 'submitted'
    FROM generate_series(1, %(attempts)s) n
    """,
    """
    INSERT INTO attempts_answer (attempt_id, position, version_id, opened_at, closed_at, closed_by,
        time_spent, text, revision, writer, sequence, flagged, engine, not_english, regrade_note,
        confirmed, suggested, share)
    SELECT t.id, place, v.id, now(), now(), 'submitted', interval '1 minute',
        repeat('Some true words. ', 40), 1, '', 1, false, 'ticked', false, '',
        ARRAY[true, false, true, false], ARRAY[true, true, false, false], 0.5
    FROM attempts_attempt t
    CROSS JOIN generate_series(0, %(each)s - 1) place
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM questions_questionversion) v
        ON v.n = (t.seed * 7919 + place * 997) %% %(count)s
    """,
    """
    INSERT INTO attempts_report (answer_id, reason, text, reported_at, status, reply, handled_at)
    SELECT id, 'wrong', 'It is wrong.', now(),
        CASE WHEN id %% 40 = 0 THEN 'open' ELSE 'accepted' END, '',
        CASE WHEN id %% 40 = 0 THEN NULL ELSE now() END
    FROM attempts_answer ORDER BY id LIMIT %(reports)s
    """,
]


def fill() -> None:
    for half in (1, 2):
        questions = many_questions(COUNT // 2, seed=half, status="published")
        data = FORMATS["json"].write(many_topics(), questions)
        file = ImportFile("bank", read_file("bank.json", data))
        run_import(file, now=START, author=UserFactory())
    sizes = {"attempts": ATTEMPTS, "each": EACH, "count": COUNT, "reports": REPORTS}
    with connection.cursor() as cursor:
        connection.connection.answer_timeout = None
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in FILL:
            cursor.execute(statement, sizes)
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE")
    refresh(now=database_now())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("ANALYZE")


def buffers_of(sql: str) -> int:
    """The blocks that a statement touches, whether they were in memory or not."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
        (plan,) = cursor.fetchone()
    plan = json.loads(plan) if isinstance(plan, str) else plan
    top = plan[0]["Plan"]
    return sum(
        top[f"{kind} {verb} Blocks"]
        for kind in ("Shared", "Temp")
        for verb in (("Hit", "Read") if kind == "Shared" else ("Read", "Written"))
    )


def measured(client, url, params) -> tuple[int, int, int, float]:
    """Milliseconds of the page, statements, blocks of all of them, and blocks of the largest."""
    with CaptureQueriesContext(connection) as captured:
        start = perf_counter()
        response = client.get(url, params)
        taken = perf_counter() - start
    assert response.status_code == 200, response
    blocks = [buffers_of(q["sql"]) for q in captured if q["sql"].startswith("SELECT")]
    return round(taken * 1000), len(captured), sum(blocks), max(blocks)


PAGES = [
    *[{"p": page} for page in (1, 50, 100)],
    *[{"p": page, "o": order} for page in (1, 100) for order in ("1", "-6", "7", "-9", "5", "2")],
    *[{"p": page, "q": "gradient"} for page in (1, 50)],
    {"status__exact": "published", "p": 90},
    {"topic__id__exact": "1"},
    {"difficulty__exact": "2", "p": 30},
    {"all": ""},
]


@pytest.mark.django_db
def test_no_page_of_the_questions_costs_more_than_another(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    fill()
    most = 0
    print()
    for params in PAGES:
        taken, statements, blocks, largest = measured(client, QUESTIONS, params)
        print(f"{params}: {taken} ms, {statements} statements, {blocks:,} blocks ({largest:,})")
        most = max(most, blocks)
    assert most < MOST_BUFFERS
