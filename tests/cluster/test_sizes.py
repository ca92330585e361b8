"""How much a person's use needs of the database; docs/many_machines.md has the figures.

Run it by itself: pytest -s tests/cluster/test_sizes.py
"""

import json
import time

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.factories import interview_of
from tests.plain_browser import begin, visit

ATTEMPTS, EACH, SAVES = 2_000, 10, 200
TABLES = ("attempts_attempt", "attempts_answer", "attempts_countedanswer")

FILL = (
    """
    INSERT INTO attempts_attempt (id, guest_key, interview_title, timing, number, seed, state,
        time_factor, untimed, think_seconds, at_deadline, "limit", started_at, deadline_at,
        finished_at, finish_reason)
    SELECT gen_random_uuid(), md5(n::text), 'Platform interview', 'per_question', 1, n,
        'submitted', 1, false, 0, 'hand_in', NULL, now(), now(), now(), 'submitted'
    FROM generate_series(1, %(attempts)s) n
    """,
    """
    INSERT INTO attempts_answer (attempt_id, position, version_id, opened_at, closed_at, closed_by,
        time_spent, text, revision, writer, sequence, flagged, engine, not_english, regrade_note,
        confirmed, suggested, evidence, share, search)
    SELECT a.id, place * 10, v.id, now(), now(), 'submitted', interval '4 minutes',
        v.example_answer, 20, gen_random_uuid()::text, 20, false, 'all-MiniLM-L6-v2 + judgement 9',
        false, '', ARRAY[true, true, false, false, false], ARRAY[true, true, false, false, false],
        %(evidence)s::jsonb, 0.4, to_tsvector('english', v.example_answer)
    FROM (SELECT id, row_number() OVER () AS n FROM attempts_attempt) a
    CROSS JOIN generate_series(1, %(each)s) place
    JOIN (SELECT id, example_answer, row_number() OVER (ORDER BY id) - 1 AS n, count(*) OVER () c
        FROM questions_questionversion WHERE example_answer <> '') v
        ON v.n = (a.n * 37 + place * 11) %% v.c
    """,
)


def written() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = 'local'")
        cursor.execute("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_bytes_of_attempts_and_answers():
    call_command("seed_questions", verbosity=0)
    shown = {"confidence": 0.9, "text": "It keeps one definition for both. " * 3, "opposite": None}
    missing = {"confidence": 0.1, "text": None, "opposite": None}
    evidence = json.dumps([shown, shown, missing, missing, missing])
    values = {"attempts": ATTEMPTS, "each": EACH, "evidence": evidence}
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        connection.connection.answer_timeout = None
        for statement in FILL:
            cursor.execute(statement, values)
        call_command("refresh_statistics", verbosity=0)
        cursor.execute("SELECT avg(length(text)) FROM attempts_answer")
        print(
            f"\n{ATTEMPTS:,} attempts of {EACH} answers, {cursor.fetchone()[0]:.0f} characters each"
        )
        print(f"{'table':<26}{'rows':>9}{'bytes a row':>13}{'of it indexes':>15}")
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")
            cursor.execute(
                f"SELECT count(*), pg_total_relation_size('{table}'), pg_indexes_size('{table}')"
                f" FROM {table}"
            )
            rows, whole, indexes = cursor.fetchone()
            print(f"{table:<26}{rows:>9,}{whole / rows:>13.0f}{indexes / rows:>15.0f}")


@pytest.mark.django_db(transaction=True)
def test_what_an_autosave_writes_and_costs():
    client = Client()
    attempt = begin(client, interview_of(5))
    page = visit(client, attempt.get_absolute_url())
    _, form = page.data("Submit answer", text="")
    address = f"{attempt.get_absolute_url()}save/"
    headers = {"X-Page-Script": "1"}
    text, revision = "A feature store keeps one definition for both. " * 10, form["revision"]
    before, began = written(), time.process_time()
    for number in range(1, SAVES + 1):
        sent = {
            "position": form["position"],
            "revision": revision,
            "writer": "1c5f14d5-95dd-4a5c-a0f4-1b2ad7ebc5a1",
            "sequence": number,
            "text": f"{text}{'and so on ' * number}",
            "cause": "auto",
        }
        reply = client.post(address, sent, headers=headers)
        assert reply.status_code == 200, reply.content
        revision = reply.json()["revision"]
    spent = 1000 * (time.process_time() - began) / SAVES
    print(f"\n{SAVES} autosaves: {(written() - before) / SAVES:.0f} bytes of WAL each, ", end="")
    print(f"{spent:.1f} ms of this process's CPU with the test client's part")
