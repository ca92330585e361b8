"""Statistics with 10,000 questions and a million answers: how long to compute, how long a page."""

import json
from statistics import median
from time import perf_counter

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attempts.models import Attempt, QuestionStatistics, Report
from attempts.statistics.compute import refresh
from quizsite.clock import database_now
from tests.factories import TopicFactory, UserFactory

QUESTIONS, ATTEMPTS, EACH = 10_000, 100_000, 10
BANK = reverse("admin:attempts_questionstatistics_changelist")
PAGE_LIMIT = 0.3

# Every fifth question has two versions, which makes 12,000. How able somebody is, and chance,
# decide what is ticked. Every written answer is confirmed, which is more than there ever will be.
FILL = [
    """
    INSERT INTO questions_question (uid, slug, topic_id, difficulty, status, position, seconds,
        phrasings, phrasings_hash, seed_hash)
    SELECT gen_random_uuid(), 'question-' || n, %(topic)s, 1 + n %% 3, 'draft', n, 180, '{}', '', ''
    FROM generate_series(1, %(questions)s) n
    """,
    """
    INSERT INTO questions_questionversion (question_id, number, prompt, answer, how_to_answer,
        example_answer, key_points, change_kind, change_note, content_hash, created_at)
    SELECT q.id, number, 'What is meant by ' || q.slug || '?', repeat('It is. ', 100),
        repeat('So. ', 50), repeat('I would say. ', 60),
        ARRAY['One idea.', 'Another.', 'A third.', 'A fourth.', 'The last.'], 'material', '',
        md5(q.id || '-' || number), now()
    FROM questions_question q
    CROSS JOIN LATERAL generate_series(1, CASE WHEN q.position %% 5 = 0 THEN 2 ELSE 1 END) number
    """,
    """
    UPDATE questions_question q SET status = 'published', current_version_id = v.id
    FROM (SELECT question_id, max(id) AS id FROM questions_questionversion GROUP BY 1) v
    WHERE v.question_id = q.id
    """,
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
        confirmed, suggested, evidence, share)
    SELECT id, place, version_id, now(), now(),
        (ARRAY['submitted', 'submitted', 'deadline', 'skipped'])[1 + (x * 4)::int %% 4],
        x * interval '4 minutes',
        CASE WHEN x < 0.1 THEN '' ELSE repeat('Some true words. ', 40) END,
        1, '', 1, false, 'ticked', false, '',
        CASE WHEN x >= 0.1 THEN ticks END,
        CASE WHEN x >= 0.1 THEN ARRAY[true, true, false, false, false] END,
        CASE WHEN x >= 0.1 THEN %(evidence)s::jsonb END,
        CASE WHEN x >= 0.1 THEN cardinality(array_positions(ticks, true)) / 5.0 END
    FROM (
        SELECT t.id, place, v.id AS version_id, random() AS x, ARRAY[
            random() < t.able, random() < t.able, random() < t.able, random() < t.able,
            random() < t.able] AS ticks
        FROM (SELECT id, seed, random() AS able FROM attempts_attempt) t
        CROSS JOIN generate_series(0, %(each)s - 1) place
        JOIN (
            SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM questions_questionversion
        ) v ON v.n = (t.seed * 7919 + place * 997) %% 12000
    ) drawn
    """,
]


def fill():
    shown = {"confidence": 0.5, "text": "Some true words. " * 4, "opposite": None}
    missing = {"confidence": 0.1, "text": None, "opposite": None}
    sizes = {"questions": QUESTIONS, "attempts": ATTEMPTS, "each": EACH, "topic": TopicFactory().pk}
    sizes["evidence"] = json.dumps([shown, shown, shown, missing, missing])
    with connection.cursor() as cursor:
        connection.connection.answer_timeout = None
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL session_replication_role = replica")  # the keys are right
        for statement in FILL:
            cursor.execute(statement, sizes)
        for table in ("questions_question", "questions_questionversion", "attempts_attempt"):
            cursor.execute(f"ANALYZE {table}")
        cursor.execute("ANALYZE attempts_answer")
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute(
            "INSERT INTO attempts_report (answer_id, reason, text, reported_at, status, reply)"
            " SELECT id, 'wrong', 'It is wrong.', now(), 'open', '' FROM attempts_answer LIMIT 500"
        )
        cursor.execute("SELECT count(*) FROM attempts_answer")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_million_answers(client):
    answers = fill()
    start = perf_counter()
    refresh(now=database_now())
    computed = perf_counter() - start
    rows = QuestionStatistics.objects.count()
    print(f"\n{answers:,} answers: {rows:,} rows computed in {computed:.1f} s")
    some = list(Attempt.objects.order_by("seed").values_list("pk", flat=True)[:50])
    Attempt.objects.filter(pk__in=some).update(state="expired")
    start = perf_counter()
    refresh(now=database_now())
    print(f"after {len(some)} more attempts: {perf_counter() - start:.1f} s")
    start = perf_counter()
    refresh(now=database_now())
    print(f"after none: {perf_counter() - start:.2f} s")
    assert answers == ATTEMPTS * EACH
    assert Report.objects.open().count() == 500

    editor = UserFactory(is_staff=True)
    editor.user_permissions.set(Permission.objects.filter(codename="view_question"))
    client.force_login(editor)
    question = QuestionStatistics.objects.values_list("question", flat=True)[0]
    pages = {
        "bank": BANK,
        "bank by version": f"{BANK}?by=version",
        "bank by time": f"{BANK}?order=-time",
        "last page": f"{BANK}?order=share&p=999",
        "one question": reverse("admin:attempts_questionstatistics_question", args=[question]),
    }
    slow = {}
    for name, address in pages.items():
        client.get(address)  # the first one compiles the templates
        taken = []
        for _ in range(7):
            start = perf_counter()
            response = client.get(address)
            taken.append(perf_counter() - start)
            assert response.status_code == 200
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        size, usual = len(response.content) // 1000, median(taken)
        print(
            f"{name}: median {usual * 1000:.0f} ms, most {max(taken) * 1000:.0f} ms,"
            f" {len(queries)} statements, {size} kB"
        )
        if usual > PAGE_LIMIT:
            slow[name] = usual
    assert slow == {}
