-- One row for each question and one for each of its versions, from all finished attempts; and one
-- for each question, month and engine, from confirmed answers. compute.refresh says what each column
-- means. Parameters: enough (answers from which on there is a discrimination), enough_checked
-- (confirmed answers from which on there is a share), now, zone (in which months begin), written (a
-- regular expression that finds a character that is not blank).
--
-- Shares are counted in whole ten-thousandths and means in whole millionths, because sums of whole
-- numbers are exact: so corr() sees that a constant is one. The regular expression reads a text no
-- further than its first letter.
WITH answered AS (
    SELECT a.attempt_id, a.version_id, v.question_id, written,
        CASE WHEN written THEN (a.share * 10000)::int ELSE 0 END AS share,
        a.opened_at IS NOT NULL OR a.time_spent > interval '0' AS reached,
        a.closed_by = 'deadline' AND a.opened_at IS NOT NULL AS timed_out,
        extract(epoch FROM a.time_spent)::float8 AS seconds,
        CASE WHEN written THEN coalesce(a.confirmed, a.suggested) END AS ticks
    FROM attempts_answer a
    JOIN attempts_attempt t ON t.id = a.attempt_id AND t.state IN ('submitted', 'expired')
    JOIN questions_questionversion v ON v.id = a.version_id
    CROSS JOIN LATERAL (SELECT a.text ~ %(written)s OFFSET 0) AS looked (written)
), compared AS (
    SELECT *, round(
        100.0::float8 * (sum(share) OVER attempt - share) / nullif(count(share) OVER attempt - 1, 0)
    ) AS rest
    FROM answered WINDOW attempt AS (PARTITION BY attempt_id)
), summed AS (
    SELECT question_id, version_id,
        count(*) AS asked,
        count(*) FILTER (WHERE reached) AS reached,
        count(share) AS scored,
        sum(share) / 10000.0::float8 / nullif(count(share), 0) AS mean_share,
        count(*) FILTER (WHERE reached AND NOT written AND NOT timed_out) AS skipped,
        count(*) FILTER (WHERE timed_out) AS timed_out,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FILTER (WHERE reached) AS median,
        count(rest) AS paired,
        corr(share, rest) AS correlation
    FROM compared GROUP BY GROUPING SETS ((question_id, version_id), (question_id))
), missed AS (
    SELECT version_id, max(marked) AS ticked, array_agg(rate ORDER BY point) AS rates,
        max(rate) AS most
    FROM (
        SELECT version_id, point, count(*) AS marked, avg((NOT met)::int)::float8 AS rate
        FROM answered CROSS JOIN unnest(ticks) WITH ORDINALITY AS tick (met, point)
        GROUP BY version_id, point
    ) AS by_point GROUP BY version_id
), checked AS (
    SELECT a.id, v.question_id, a.version_id, a.engine, point, found, ticked,
        date_trunc('month', t.finished_at AT TIME ZONE %(zone)s)::date AS month,
        counts IS NOT FALSE AS counts,
        -- The rule of finding() in attempts/rules/findings.py.
        CASE WHEN found THEN 'found'
            WHEN shows ->> 'opposite' IS NOT NULL THEN 'opposite'
            WHEN shows ->> 'text' <> '' THEN 'unsure'
            ELSE 'missing' END AS called
    FROM attempts_answer a
    JOIN attempts_attempt t ON t.id = a.attempt_id AND t.state IN ('submitted', 'expired')
    JOIN questions_questionversion v ON v.id = a.version_id
    CROSS JOIN LATERAL ROWS FROM (
        unnest(a.suggested, a.confirmed, a.counted),
        jsonb_array_elements(CASE WHEN jsonb_typeof(a.evidence) = 'array' THEN a.evidence END)
    ) WITH ORDINALITY AS each_point (found, ticked, counts, shows, point)
    WHERE a.confirmed IS NOT NULL AND a.suggested IS NOT NULL AND a.text ~ %(written)s
        AND point <= cardinality(a.suggested)
), corrected AS (
    SELECT version_id, array_agg(checked ORDER BY point) AS checked,
        array_agg(corrected ORDER BY point) AS corrected,
        max(corrected::float8 / checked) FILTER (WHERE checked >= %(enough_checked)s) AS most
    FROM (
        SELECT version_id, point, count(*) FILTER (WHERE counts) AS checked,
            count(*) FILTER (WHERE counts AND found <> ticked) AS corrected
        FROM checked GROUP BY version_id, point
    ) AS by_point GROUP BY version_id
), stored AS (
    INSERT INTO attempts_checkedsuggestions (question_id, month, engine, answers, found,
        found_right, unsure, unsure_right, opposite, opposite_right, missing, missing_right)
    SELECT question_id, month, engine, count(DISTINCT id),
        count(*) FILTER (WHERE called = 'found'),
        count(*) FILTER (WHERE called = 'found' AND ticked),
        count(*) FILTER (WHERE called = 'unsure'),
        count(*) FILTER (WHERE called = 'unsure' AND NOT ticked),
        count(*) FILTER (WHERE called = 'opposite'),
        count(*) FILTER (WHERE called = 'opposite' AND NOT ticked),
        count(*) FILTER (WHERE called = 'missing'),
        count(*) FILTER (WHERE called = 'missing' AND NOT ticked)
    FROM checked WHERE counts GROUP BY question_id, month, engine
)
INSERT INTO attempts_questionstatistics (question_id, version_id, asked, reached, scored,
    mean_share, skip_rate, time_out_rate, median_seconds, paired, discrimination, ticked,
    miss_rates, most_missed, checked_answers, corrected_answers, most_corrected, computed_at)
SELECT s.question_id, s.version_id, s.asked, s.reached, s.scored, s.mean_share,
    s.skipped::float8 / nullif(s.reached, 0), s.timed_out::float8 / nullif(s.reached, 0),
    s.median, s.paired, CASE WHEN s.paired >= %(enough)s THEN s.correlation END,
    coalesce(m.ticked, 0), coalesce(m.rates, '{}'), m.most,
    coalesce(c.checked, '{}'), coalesce(c.corrected, '{}'), c.most, %(now)s
FROM summed s
JOIN questions_question q ON q.id = s.question_id
LEFT JOIN missed m ON m.version_id = coalesce(s.version_id, q.current_version_id)
LEFT JOIN corrected c ON c.version_id = coalesce(s.version_id, q.current_version_id)
