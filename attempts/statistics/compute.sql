-- One row for each question and one for each of its versions, from all finished attempts.
-- compute.refresh says what each column means. Parameters: enough (answers from which on there is
-- a discrimination), now, written (a regular expression that finds a character that is not blank).
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
)
INSERT INTO attempts_questionstatistics (question_id, version_id, asked, reached, scored,
    mean_share, skip_rate, time_out_rate, median_seconds, paired, discrimination, ticked,
    miss_rates, most_missed, computed_at)
SELECT s.question_id, s.version_id, s.asked, s.reached, s.scored, s.mean_share,
    s.skipped::float8 / nullif(s.reached, 0), s.timed_out::float8 / nullif(s.reached, 0),
    s.median, s.paired, CASE WHEN s.paired >= %(enough)s THEN s.correlation END,
    coalesce(m.ticked, 0), coalesce(m.rates, '{}'), m.most, %(now)s
FROM summed s
JOIN questions_question q ON q.id = s.question_id
LEFT JOIN missed m ON m.version_id = coalesce(s.version_id, q.current_version_id)
