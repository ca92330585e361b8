"""A hundred thousand finished attempts of other people, which the database itself makes."""

SIZE = 100_000

ATTEMPTS = """
INSERT INTO attempts_attempt (id, guest_key, interview_id, interview_title, timing, number, seed,
    state, time_factor, untimed, think_seconds, follow_ups, at_deadline, "limit", started_at,
    deadline_at, finished_at, finish_reason, ended_in, score, is_hidden)
SELECT gen_random_uuid(), 'crowd-' || (n / 10), model.interview_id, model.interview_title,
    model.timing, 1 + n %% 10, n, 'submitted', 1, false, 0, 0, 'hand_in', model."limit",
    model.started_at - n * interval '1 minute', model.deadline_at - n * interval '1 minute',
    model.started_at - n * interval '1 minute', 'submitted', '', 50, false
FROM generate_series(1, %(size)s) AS n, (SELECT * FROM attempts_attempt WHERE id = %(model)s) model
"""
ANSWERS = """
INSERT INTO attempts_answer (attempt_id, position, version_id, opened_at, closed_at, closed_by,
    time_spent, text, revision, writer, sequence, flagged, engine,
    not_english, regrade_note)
SELECT attempt.id, model.position, model.version_id, attempt.started_at, attempt.finished_at,
    'submitted', interval '1 minute', repeat('An answer. ', 5), 1, '', 1, false, '', false, ''
FROM attempts_attempt attempt, (SELECT * FROM attempts_answer WHERE attempt_id = %(model)s) model
WHERE attempt.guest_key LIKE 'crowd-%%' AND model.position <= 2
"""


def add(cursor, model, size: int = SIZE) -> None:
    """Add `size` attempts with two answers each; the rest is as in the attempt `model`."""
    cursor.execute(ATTEMPTS, {"size": size, "model": model})
    cursor.execute(ANSWERS, {"model": model})
    cursor.execute("ANALYZE attempts_attempt")
    cursor.execute("ANALYZE attempts_answer")
