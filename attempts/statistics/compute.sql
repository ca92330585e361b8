-- One row for each of these questions and one for each of their versions; and one for each of these
-- months and each engine. All from the sums that are kept: how many answers there are makes no difference.
-- compute.refresh says what each column means. Parameters: questions (their ids), months, enough (answers from
-- which on there is a discrimination), enough_checked (confirmed answers from which on there is a
-- share), now.
WITH of_version AS (
    SELECT * FROM attempts_versionsums WHERE question_id = ANY(%(questions)s) AND asked > 0
), summed AS (
    SELECT question_id, version_id, sum(asked) AS asked, sum(reached) AS reached,
        sum(scored) AS scored, sum(shares) / 10000.0::float8 / nullif(sum(scored), 0) AS mean_share,
        sum(skipped) AS skipped, sum(timed_out) AS timed_out, sum(paired) AS paired,
        sum(x) AS x, sum(y) AS y, sum(xx) AS xx, sum(yy) AS yy, sum(xy) AS xy
    FROM of_version GROUP BY GROUPING SETS ((question_id, version_id), (question_id))
), correlated AS (
    -- Whole numbers, so that a constant has no deviation at all.
    SELECT *, (paired * xy - x * y)::float8 / nullif(
        sqrt((paired * xx - x * x)::float8) * sqrt((paired * yy - y * y)::float8), 0
    ) AS correlation
    FROM summed
), timed AS (
    SELECT v.question_id, t.version_id, seconds, sum(answers) AS answers
    FROM attempts_timesums t JOIN of_version v USING (version_id)
    GROUP BY GROUPING SETS ((v.question_id, t.version_id, seconds), (v.question_id, seconds))
), placed AS (
    SELECT question_id, version_id, seconds,
        sum(answers) OVER (PARTITION BY question_id, version_id ORDER BY seconds) AS up_to,
        sum(answers) OVER (PARTITION BY question_id, version_id) AS in_all
    FROM timed WHERE answers > 0
), middle AS (
    -- The mean of the middle two, which are the same one where their number is odd.
    SELECT question_id, version_id, (min(seconds) FILTER (WHERE up_to >= div(in_all + 1, 2))
        + min(seconds) FILTER (WHERE up_to >= div(in_all, 2) + 1)) / 2.0::float8 AS median
    FROM placed GROUP BY question_id, version_id
), pointed AS (
    SELECT p.version_id, max(ticked) AS ticked,
        array_agg(missed::float8 / ticked ORDER BY point) FILTER (WHERE ticked > 0) AS rates,
        max(missed::float8 / nullif(ticked, 0)) AS most_missed,
        array_agg(checked ORDER BY point) FILTER (WHERE called > 0) AS checked,
        array_agg(corrected ORDER BY point) FILTER (WHERE called > 0) AS corrected,
        max(corrected::float8 / checked) FILTER (WHERE checked >= %(enough_checked)s)
            AS most_corrected,
        max(asked_for) FILTER (WHERE helped = 0 AND asked_for > 0) AS in_vain
    FROM attempts_pointsums p JOIN of_version v USING (version_id) GROUP BY p.version_id
), asked_back AS (
    SELECT v.id AS version_id, array_agg(coalesce(p.asked_for, 0) ORDER BY place) AS asked,
        array_agg(coalesce(p.helped, 0) ORDER BY place) AS helped
    FROM questions_questionversion v
    CROSS JOIN generate_series(1, cardinality(v.key_points)) AS place
    LEFT JOIN attempts_pointsums p ON p.version_id = v.id AND p.point = place
    WHERE v.id IN (SELECT version_id FROM of_version)
    GROUP BY v.id HAVING sum(p.asked_for) > 0
), stored AS (
    INSERT INTO attempts_checkedsuggestions (question_id, month, engine, answers, found,
        found_right, unsure, unsure_right, opposite, opposite_right, missing, missing_right)
    SELECT question_id, month, engine, answers, found, found_right, unsure, unsure_right, opposite,
        opposite_right, missing, missing_right
    FROM attempts_monthsums m JOIN questions_question q ON q.id = m.question_id
    WHERE question_id = ANY(%(questions)s) AND month = ANY(%(months)s::date[]) AND answers > 0
)
INSERT INTO attempts_questionstatistics (question_id, version_id, points_version_id, asked, reached,
    scored, mean_share, skip_rate, time_out_rate, median_seconds, paired, discrimination, ticked,
    miss_rates, most_missed, checked_answers, corrected_answers, most_corrected,
    follow_ups_asked, follow_ups_helped, most_in_vain, computed_at)
SELECT s.question_id, s.version_id, coalesce(s.version_id, q.current_version_id),
    s.asked, s.reached, s.scored, s.mean_share,
    s.skipped::float8 / nullif(s.reached, 0), s.timed_out::float8 / nullif(s.reached, 0),
    m.median, s.paired, CASE WHEN s.paired >= %(enough)s THEN s.correlation END,
    coalesce(p.ticked, 0), coalesce(p.rates, '{}'), p.most_missed,
    coalesce(p.checked, '{}'), coalesce(p.corrected, '{}'), p.most_corrected,
    coalesce(b.asked, '{}'), coalesce(b.helped, '{}'), p.in_vain, %(now)s
FROM correlated s
JOIN questions_question q ON q.id = s.question_id
LEFT JOIN middle m ON m.question_id = s.question_id AND m.version_id IS NOT DISTINCT FROM s.version_id
LEFT JOIN pointed p ON p.version_id = coalesce(s.version_id, q.current_version_id)
LEFT JOIN asked_back b ON b.version_id = coalesce(s.version_id, q.current_version_id)
