"""Attempts of a whole crowd, made by the database itself: answers, follow-ups, schedules, reports.

Everybody of the crowd has five attempts, half of them as a guest. Every fifth attempt asks a
follow-up. The last attempts of the crowd are running.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

EACH, QUESTIONS, TOPICS, INTERVIEWS, RUNNING = 5, 200, 6, 8, 20
"""Answers of an attempt, and what they are about."""

USERS = """
INSERT INTO auth_user (username, email, password, is_superuser, is_staff, is_active, first_name,
    last_name, date_joined)
SELECT 'crowd-' || o, 'crowd-' || o || '@example.org', '!', false, false, true, '', '', %(now)s
FROM generate_series(%(first)s / 5, (%(last)s - 1) / 5) o
WHERE o %% 2 = 0 ON CONFLICT DO NOTHING
"""
# One every `step`, the newest an hour ago. Rows lie in the order of time, as they come.
ATTEMPTS = """
INSERT INTO attempts_attempt (id, user_id, guest_key, interview_id, interview_title, timing, number,
    seed, state, time_factor, untimed, think_seconds, follow_ups, at_deadline, "limit", started_at,
    deadline_at, finished_at, finish_reason, score, is_hidden, ended_in)
SELECT gen_random_uuid(), coalesce(%(user)s, u.id),
    CASE WHEN coalesce(%(user)s, u.id) IS NULL THEN 'crowd-' || n / 5 ELSE '' END,
    i.id, i.name, 'per_question', n, n, 'submitted', 1, false, 0, (n %% 5 = 0)::int, 'hand_in',
    NULL,
    ended - interval '30 minutes', ended + interval '1 minute', ended, 'submitted', 30 + n %% 60,
    false, ''
FROM (SELECT n, %(now)s - interval '1 hour' - (n - %(first)s) * %(step)s::interval AS ended
    FROM generate_series(%(first)s, %(last)s - 1) n) made
LEFT JOIN auth_user u ON u.username = 'crowd-' || n / 5
JOIN (SELECT id, name, row_number() OVER (ORDER BY id) - 1 AS place FROM questions_interview) i
    ON i.place = n %% %(interviews)s
ORDER BY n DESC
"""
ANSWERS = """
INSERT INTO attempts_answer (attempt_id, position, version_id, "limit", opened_at, shown_at,
    closed_at, closed_by, time_spent, text, revision, writer, sequence, flagged, engine,
    not_english, regrade_note, confirmed, suggested, evidence, share, sureness)
SELECT t.id, 1 + place * (1 + t.follow_ups), v.id, interval '3 minutes', t.started_at,
    t.started_at,
    t.finished_at, 'submitted', interval '1 second' * (30 + (t.seed * 31 + place * 17) %% 140),
    CASE WHEN t.seed %% 97 = 0 THEN 'The quorum decides. ' ELSE '' END
        || 'We shard the keys, and every cache has an owner who fills it before it is read.',
    1, '', 1, false, 'minilm-1', false, '',
    CASE WHEN t.seed %% 4 = 0 THEN ARRAY[true, t.seed %% 3 = 0] END, ARRAY[true, t.seed %% 3 = 0],
    '[{"confidence": 0.9, "text": "We shard the keys", "opposite": null},
      {"confidence": 0.1, "text": null, "opposite": null}]'::jsonb,
    CASE WHEN t.seed %% 3 = 0 THEN 1 ELSE 0.5 END, 1 + t.seed %% 3
FROM attempts_attempt t
CROSS JOIN generate_series(0, %(each)s - 1) place
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM questions_questionversion) v
    ON v.n = (t.seed * 7 + place * 11) %% %(questions)s
WHERE t.seed >= %(first)s AND t.seed < %(last)s
ORDER BY t.seed DESC, place
"""
FOLLOW_UPS = """
INSERT INTO attempts_answer (attempt_id, position, version_id, follows_id, asked_point, "limit",
    opened_at, shown_at, closed_at, closed_by, time_spent, text, revision, writer, sequence,
    flagged, engine, not_english, regrade_note, suggested, evidence)
SELECT a.attempt_id, a.position + 1, a.version_id, a.id, 1, interval '1 minute', a.opened_at,
    a.opened_at, a.closed_at, 'submitted', interval '20 seconds', 'The leader fills it.', 1, '', 1,
    false, 'minilm-1', false, '', ARRAY[false, t.seed %% 2 = 0], a.evidence
FROM attempts_answer a JOIN attempts_attempt t ON t.id = a.attempt_id
WHERE t.follow_ups > 0 AND a.position = 1 AND t.seed >= %(first)s AND t.seed < %(last)s
"""
SEARCH = """
UPDATE attempts_answer a SET search = to_tsvector('english', text) FROM attempts_attempt t
WHERE t.id = a.attempt_id AND t.seed >= %(first)s AND t.seed < %(last)s AND t.seed %% 10 = 0
"""
SCHEDULES = """
INSERT INTO attempts_schedule (user_id, guest_key, question_id, due_at, stability, difficulty,
    answers, answered_at, share)
SELECT t.user_id, t.guest_key, v.question_id, max(t.finished_at) + interval '9 days', 3, 5,
    count(*), max(t.finished_at), min(a.share)
FROM attempts_attempt t JOIN attempts_answer a ON a.attempt_id = t.id
JOIN questions_questionversion v ON v.id = a.version_id
WHERE t.seed >= %(first)s AND t.seed < %(last)s AND a.follows_id IS NULL
GROUP BY 1, 2, 3 ON CONFLICT DO NOTHING
"""
# One attempt in ten has a report; editors have left five of them open.
REPORTS = """
INSERT INTO attempts_report (answer_id, reason, text, reported_at, status, reply, handled_at)
SELECT a.id, 'wrong', 'It is wrong.', t.finished_at,
    CASE WHEN t.seed <= 50 THEN 'open' ELSE 'accepted' END, '',
    CASE WHEN t.seed <= 50 THEN NULL ELSE t.finished_at END
FROM attempts_attempt t JOIN attempts_answer a ON a.attempt_id = t.id AND a.position = 1
WHERE t.seed %% 10 = 0 AND t.seed >= %(first)s AND t.seed < %(last)s
"""
RUN = """
UPDATE attempts_attempt SET state = 'running', finished_at = NULL, finish_reason = '', score = NULL,
    started_at = %(now)s, deadline_at = %(now)s + interval '1 day'
WHERE id IN (SELECT DISTINCT ON (guest_key) id FROM attempts_attempt
    WHERE seed < %(running)s * 10 AND guest_key <> '')
"""
OPEN = """
UPDATE attempts_answer SET opened_at = CASE WHEN position = 1 THEN %(now)s END, shown_at = NULL,
    closed_at = NULL, closed_by = '', time_spent = interval '0', engine = '', confirmed = NULL,
    suggested = NULL, evidence = NULL, share = NULL, sureness = NULL, search = NULL
WHERE attempt_id IN (SELECT id FROM attempts_attempt WHERE state = 'running')
"""
FILL = (ATTEMPTS, ANSWERS, FOLLOW_UPS, SEARCH, SCHEDULES, REPORTS)


def grow(
    first: int, last: int, *, now: datetime, user: int | None = None, step: str = "30 seconds"
) -> None:
    """Add the attempts with the numbers from `first` up to `last`, one every `step`.

    user: the id of the one user who has them all; None: five each have the crowd's people.
    """
    values = {"first": first, "last": last + 1, "now": now, "each": EACH, "user": user}
    values |= {"questions": QUESTIONS, "interviews": INTERVIEWS, "step": step}
    with connection.cursor() as cursor:
        with _bare(cursor):
            for statement in FILL if user else (USERS, *FILL):
                cursor.execute(statement, values)
        if first == 1:
            cursor.execute(RUN, {"running": RUNNING, "now": now})
            cursor.execute(OPEN, {"now": now})
        cursor.execute("VACUUM (ANALYZE)")


@contextmanager
def _bare(cursor: CursorWrapper) -> Iterator[None]:
    """Without triggers, foreign keys and secondary indexes, which are made again at the end."""
    connection.connection.answer_timeout = None
    cursor.execute("SET statement_timeout = 0; SET maintenance_work_mem = '512MB'")
    cursor.execute("SET work_mem = '256MB'; SET session_replication_role = replica")
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE NOT indisunique AND indrelid::regclass::text IN"
        " ('attempts_answer', 'attempts_attempt', 'attempts_schedule')"
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _, definition in indexes:
        cursor.execute(definition)
    cursor.execute("SET session_replication_role = origin; RESET work_mem")
