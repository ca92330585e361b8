"""The figures of the site's health, and how many rows are read for them."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from attempts.health import figures
from attempts.models import WRITTEN, ClosedBy, KeptText
from quizsite.clock import database_now
from tests.factories import AnswerFactory, AttemptFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_nothing_is_nought():
    read = figures.read_figures()
    assert (read.live, read.overdue, read.waiting, read.late, read.conflicts) == (0, 0, 0, 0, 0)
    assert (read.overdue_for, read.waiting_for) == (timedelta(), timedelta())
    assert 1 <= read.connections < read.most_connections


def test_an_attempt_is_live_until_its_time_is_up_and_then_overdue():
    now = database_now()
    AttemptFactory(deadline_at=now + MINUTE)
    AttemptFactory(deadline_at=now - MINUTE)
    AttemptFactory(deadline_at=now - 3 * MINUTE)
    AttemptFactory(finished=True, deadline_at=now - 9 * MINUTE)
    read = figures.read_figures()
    assert (read.live, read.overdue) == (1, 2)
    assert 3 * MINUTE <= read.overdue_for < 4 * MINUTE


def test_overtime_is_not_overdue_until_it_is_over_too():
    now = database_now()
    how = {"at_deadline": "overtime", "limit": 10 * MINUTE}
    AttemptFactory(deadline_at=now - 9 * MINUTE, **how)
    assert figures.read_figures().overdue == 0
    AttemptFactory(deadline_at=now - 11 * MINUTE, **how)
    read = figures.read_figures()
    assert read.overdue == 1
    assert MINUTE <= read.overdue_for < 2 * MINUTE


@pytest.mark.parametrize(
    ("closed", "text", "engine", "waits"),
    [(True, "Words.", "", True), (True, "Words.", "minilm-1", False), (True, " \n", "", False),
     (False, "Words.", "", False)],
)  # fmt: skip
def test_an_answer_waits_from_its_close_until_an_engine_has_read_it(closed, text, engine, waits):
    at = database_now() - MINUTE
    how = {"opened_at": at, "closed_at": at, "closed_by": ClosedBy.FINISH} if closed else {}
    AnswerFactory(attempt=AttemptFactory(), text=text, engine=engine, **how)
    read = figures.read_figures()
    assert read.waiting == waits
    assert (read.waiting_for >= MINUTE) == waits


def test_texts_kept_within_the_hour_are_told_apart():
    now, answer = database_now(), AnswerFactory()
    for source, age in [("late", 1), ("late", 59), ("other", 2), ("late", 61), ("other", 6000)]:
        KeptText.objects.create(
            answer=answer, source=source, text="x", writer="w", kept_at=now - age * MINUTE
        )
    read = figures.read_figures()
    assert (read.late, read.conflicts) == (2, 1)


def blocks() -> int:
    """Pages of tables and indexes that the statement reads."""
    with connection.cursor() as cursor:
        explain = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {figures.READ}"
        cursor.execute(explain, {"most": figures.MOST, "written": WRITTEN})
        told = cursor.fetchone()[0]
    plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


MANY = """
WITH added AS (
    INSERT INTO attempts_attempt SELECT new.* FROM attempts_attempt AS attempt,
        generate_series(1, 2000) AS n, jsonb_populate_record(attempt, jsonb_build_object(
            'id', gen_random_uuid(), 'user_id', NULL, 'guest_key', 'crowd-' || n)) AS new
    WHERE attempt.id = %(attempt)s RETURNING id
)
INSERT INTO attempts_answer SELECT new.* FROM attempts_answer AS answer, added,
    jsonb_populate_record(answer, jsonb_build_object(
        'id', nextval(pg_get_serial_sequence('attempts_answer', 'id')), 'attempt_id', added.id
    )) AS new
WHERE answer.id = %(answer)s
"""
KEPT = """
INSERT INTO attempts_kepttext (answer_id, source, writer, text, kept_at)
SELECT %(answer)s, 'late', 'w', 'A text that came late.',
    statement_timestamp() - n * interval '10 minutes' FROM generate_series(1, 20000) AS n
"""


@pytest.mark.slow
def test_it_reads_no_more_where_much_is_stored():
    attempt = AttemptFactory(finished=True)
    answer = AnswerFactory(attempt=attempt, text="Words.", engine="minilm-1")
    with connection.cursor() as cursor:
        few = blocks()
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(MANY, {"attempt": attempt.pk, "answer": answer.pk})
        cursor.execute(KEPT, {"answer": answer.pk})
        cursor.execute(
            "ANALYZE attempts_attempt; ANALYZE attempts_answer; ANALYZE attempts_kepttext"
        )
        assert blocks() < few + 60
