-- One row; each part reads an index of its own, and no more than %(most)s rows of it.
WITH live AS (
    SELECT count(*) AS many FROM attempts_attempt
    WHERE state = 'running' AND deadline_at > statement_timestamp()
), overdue AS (
    -- With overtime an attempt runs on after its bell, for as long again at most.
    SELECT count(*) AS many, min(ends_at) AS since FROM (
        SELECT deadline_at + CASE WHEN at_deadline = 'overtime' THEN coalesce("limit", '0') ELSE '0' END AS ends_at
        FROM attempts_attempt
        WHERE state = 'running' AND deadline_at <= statement_timestamp()
        ORDER BY deadline_at LIMIT %(most)s
    ) AS passed WHERE ends_at <= statement_timestamp()
), waiting AS (
    SELECT count(*) AS many, min(closed_at) AS since FROM (
        SELECT answer.closed_at
        FROM attempts_answer AS answer JOIN attempts_attempt AS attempt ON attempt.id = answer.attempt_id
        WHERE answer.engine = '' AND answer.closed_at IS NOT NULL AND answer.text ~ %(written)s
            AND attempt.state <> 'discarded'
        ORDER BY answer.closed_at LIMIT %(most)s
    ) AS unread
), kept AS (
    SELECT count(*) FILTER (WHERE source = 'late') AS late, count(*) FILTER (WHERE source = 'other') AS other FROM (
        SELECT source FROM attempts_kepttext
        WHERE kept_at > statement_timestamp() - interval '1 hour'
        LIMIT %(most)s
    ) AS last_hour
)
SELECT live.many, overdue.many, statement_timestamp() - overdue.since,
    waiting.many, statement_timestamp() - waiting.since, kept.late, kept.other,
    (SELECT numbackends FROM pg_stat_database WHERE datname = current_database()),
    current_setting('max_connections')::int
FROM live, overdue, waiting, kept
