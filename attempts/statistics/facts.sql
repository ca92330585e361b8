-- What each answer to a question of these attempts adds to the statistics (CountedAnswer; sums.sql
-- goes on from here).
-- Parameters: attempts (their ids), zone (in which months begin), written (a regular expression that
-- finds a character that is not blank).
--
-- Shares are counted in whole ten-thousandths and means in whole millionths, because sums of whole
-- numbers are exact: so corr() sees that a constant is one. The regular expression reads a text no
-- further than its first letter.
WITH answered AS (
    SELECT a.id, a.attempt_id, v.question_id, a.version_id, written,
        CASE WHEN written THEN (a.share * 10000)::int ELSE 0 END AS share,
        a.opened_at IS NOT NULL OR a.time_spent > interval '0' AS reached,
        a.closed_by = 'deadline' AND a.opened_at IS NOT NULL AS timed_out,
        extract(epoch FROM a.time_spent)::float8 AS seconds,
        CASE WHEN written THEN coalesce(a.confirmed, a.suggested) END AS ticks,
        -- The rule of finding() in attempts/rules/findings.py.
        CASE WHEN written AND a.confirmed IS NOT NULL AND a.suggested IS NOT NULL THEN ARRAY(
            SELECT CASE WHEN found THEN 'f'
                WHEN shows ->> 'opposite' IS NOT NULL THEN 'o'
                WHEN shows ->> 'text' <> '' THEN 'u'
                ELSE 'm' END
            FROM ROWS FROM (
                unnest(a.suggested),
                jsonb_array_elements(
                    CASE WHEN jsonb_typeof(a.evidence) = 'array' THEN a.evidence END
                )
            ) WITH ORDINALITY AS each_point (found, shows, point)
            WHERE point <= cardinality(a.suggested) ORDER BY point
        ) END AS called,
        a.counted,
        date_trunc('month', t.finished_at AT TIME ZONE %(zone)s)::date AS month, a.engine,
        coalesce(later.asked_points, '{}') AS asked_points,
        coalesce(later.helped_points, '{}') AS helped_points
    FROM attempts_answer a
    JOIN attempts_attempt t ON t.id = a.attempt_id AND t.state IN ('submitted', 'expired')
        AND t.practice_id IS NULL -- who practises has seen the points before
        AND t.id = ANY(%(attempts)s::uuid[])
    JOIN questions_questionversion v ON v.id = a.version_id
    CROSS JOIN LATERAL (SELECT a.text ~ %(written)s OFFSET 0) AS looked (written)
    LEFT JOIN LATERAL (
        -- Which points its follow-ups asked for, and which were made when asked, not before.
        SELECT array_agg(f.asked_point ORDER BY f.position) AS asked_points,
            array_agg(f.asked_point ORDER BY f.position) FILTER (
                WHERE (coalesce(f.confirmed, f.suggested))[f.asked_point + 1]
                AND NOT coalesce((coalesce(a.confirmed, a.suggested))[f.asked_point + 1], false)
            ) AS helped_points
        FROM attempts_answer f
        WHERE t.follow_ups > 0 AND f.follows_id = a.id
            AND (f.opened_at IS NOT NULL OR f.time_spent > interval '0')
    ) AS later ON true
    WHERE a.follows_id IS NULL -- what a follow-up is worth is in the share of its question
), changed AS (
    INSERT INTO attempts_countedanswer (answer_id, attempt_id, question_id, version_id, written,
        share, rest, reached, timed_out, seconds, ticks, called, counted, month, engine,
        asked_points, helped_points)
    SELECT id, attempt_id, question_id, version_id, written, share, round(
            100.0::float8 * (sum(share) OVER attempt - share)
            / nullif(count(share) OVER attempt - 1, 0)
        ), reached, timed_out, seconds, ticks, called, counted, month, engine,
        asked_points, helped_points
    FROM answered WINDOW attempt AS (PARTITION BY attempt_id)
    RETURNING *
)
