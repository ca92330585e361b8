-- One row for each of these questions and one for each of their versions, from all their counted
-- answers; and one for each question, month and engine, from confirmed answers. compute.refresh says
-- what each column means. Parameters: questions (their ids), enough (answers from which on there is a
-- discrimination), enough_checked (confirmed answers from which on there is a share), now.
WITH answered AS (
    SELECT * FROM attempts_countedanswer WHERE question_id = ANY(%(questions)s)
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
    FROM answered GROUP BY GROUPING SETS ((question_id, version_id), (question_id))
), by_point AS (
    -- A confirmed answer's ticks are the candidate's; called is then what the engine said.
    SELECT version_id, point,
        count(*) FILTER (WHERE point <= cardinality(ticks)) AS marked,
        avg((NOT ticked)::int) FILTER (WHERE point <= cardinality(ticks))::float8 AS rate,
        count(*) FILTER (WHERE point <= cardinality(called) AND counts IS NOT FALSE) AS checked,
        count(*) FILTER (
            WHERE point <= cardinality(called) AND counts IS NOT FALSE AND (kind = 'f') <> ticked
        ) AS corrected,
        bool_or(point <= cardinality(called)) AS is_checked
    FROM answered
    CROSS JOIN unnest(ticks, called, counted) WITH ORDINALITY AS tick (ticked, kind, counts, point)
    GROUP BY version_id, point
), pointed AS (
    SELECT version_id, max(marked) AS ticked,
        array_agg(rate ORDER BY point) FILTER (WHERE marked > 0) AS rates,
        max(rate) AS most_missed,
        array_agg(checked ORDER BY point) FILTER (WHERE is_checked) AS checked,
        array_agg(corrected ORDER BY point) FILTER (WHERE is_checked) AS corrected,
        max(corrected::float8 / checked) FILTER (WHERE checked >= %(enough_checked)s)
            AS most_corrected
    FROM by_point GROUP BY version_id
), by_follow_up AS (
    SELECT version_id, point, count(*) AS asked,
        count(*) FILTER (WHERE point = ANY (helped_points)) AS helped
    FROM answered CROSS JOIN unnest(asked_points) AS asked_for (point) GROUP BY version_id, point
), asked_back AS (
    SELECT v.id AS version_id, array_agg(coalesce(f.asked, 0) ORDER BY place) AS asked,
        array_agg(coalesce(f.helped, 0) ORDER BY place) AS helped,
        max(f.asked) FILTER (WHERE f.helped = 0) AS in_vain
    FROM questions_questionversion v
    CROSS JOIN generate_series(0, cardinality(v.key_points) - 1) AS place
    LEFT JOIN by_follow_up f ON f.version_id = v.id AND f.point = place
    WHERE v.id IN (SELECT version_id FROM by_follow_up)
    GROUP BY v.id
), stored AS (
    INSERT INTO attempts_checkedsuggestions (question_id, month, engine, answers, found,
        found_right, unsure, unsure_right, opposite, opposite_right, missing, missing_right)
    SELECT question_id, month, engine, count(*), sum(found), sum(found_right), sum(unsure),
        sum(unsure_right), sum(opposite), sum(opposite_right), sum(missing), sum(missing_right)
    FROM answered
    CROSS JOIN LATERAL (
        SELECT count(*) AS points,
            count(*) FILTER (WHERE kind = 'f') AS found,
            count(*) FILTER (WHERE kind = 'f' AND ticked) AS found_right,
            count(*) FILTER (WHERE kind = 'u') AS unsure,
            count(*) FILTER (WHERE kind = 'u' AND NOT ticked) AS unsure_right,
            count(*) FILTER (WHERE kind = 'o') AS opposite,
            count(*) FILTER (WHERE kind = 'o' AND NOT ticked) AS opposite_right,
            count(*) FILTER (WHERE kind = 'm') AS missing,
            count(*) FILTER (WHERE kind = 'm' AND NOT ticked) AS missing_right
        FROM unnest(called, ticks, counted) WITH ORDINALITY AS each_point (kind, ticked, counts, n)
        WHERE n <= cardinality(called) AND counts IS NOT FALSE
    ) AS of_answer
    WHERE called IS NOT NULL AND points > 0
    GROUP BY question_id, month, engine
)
INSERT INTO attempts_questionstatistics (question_id, version_id, points_version_id, asked, reached,
    scored, mean_share, skip_rate, time_out_rate, median_seconds, paired, discrimination, ticked,
    miss_rates, most_missed, checked_answers, corrected_answers, most_corrected,
    follow_ups_asked, follow_ups_helped, most_in_vain, computed_at)
SELECT s.question_id, s.version_id, coalesce(s.version_id, q.current_version_id),
    s.asked, s.reached, s.scored, s.mean_share,
    s.skipped::float8 / nullif(s.reached, 0), s.timed_out::float8 / nullif(s.reached, 0),
    s.median, s.paired, CASE WHEN s.paired >= %(enough)s THEN s.correlation END,
    coalesce(p.ticked, 0), coalesce(p.rates, '{}'), p.most_missed,
    coalesce(p.checked, '{}'), coalesce(p.corrected, '{}'), p.most_corrected,
    coalesce(b.asked, '{}'), coalesce(b.helped, '{}'), b.in_vain, %(now)s
FROM summed s
JOIN questions_question q ON q.id = s.question_id
LEFT JOIN pointed p ON p.version_id = coalesce(s.version_id, q.current_version_id)
LEFT JOIN asked_back b ON b.version_id = coalesce(s.version_id, q.current_version_id)
