-- Adds what `changed` has to the sums of versions, of their key points, of times and of months, or
-- takes it away. Returns the questions and the months. Parameter: sign (1 or -1).
, of_versions AS (
    INSERT INTO attempts_versionsums AS s (version_id, question_id, asked, reached, scored, shares,
        skipped, timed_out, paired, x, y, xx, yy, xy)
    SELECT version_id, question_id, %(sign)s * count(*), %(sign)s * count(*) FILTER (WHERE reached),
        %(sign)s * count(share), %(sign)s * coalesce(sum(share), 0),
        %(sign)s * count(*) FILTER (WHERE reached AND NOT written AND NOT timed_out),
        %(sign)s * count(*) FILTER (WHERE timed_out), %(sign)s * count(rest),
        %(sign)s * coalesce(sum(share) FILTER (WHERE rest IS NOT NULL), 0),
        %(sign)s * coalesce(sum(rest::numeric), 0),
        %(sign)s * coalesce(sum(share::numeric * share) FILTER (WHERE rest IS NOT NULL), 0),
        %(sign)s * coalesce(sum(rest::numeric * rest::numeric), 0),
        %(sign)s * coalesce(sum(share * rest::numeric), 0)
    FROM changed GROUP BY version_id, question_id ORDER BY version_id
    ON CONFLICT (version_id) DO UPDATE SET asked = s.asked + excluded.asked,
        reached = s.reached + excluded.reached, scored = s.scored + excluded.scored,
        shares = s.shares + excluded.shares, skipped = s.skipped + excluded.skipped,
        timed_out = s.timed_out + excluded.timed_out, paired = s.paired + excluded.paired,
        x = s.x + excluded.x, y = s.y + excluded.y, xx = s.xx + excluded.xx,
        yy = s.yy + excluded.yy, xy = s.xy + excluded.xy
), times AS (
    INSERT INTO attempts_timesums AS s (version_id, seconds, answers)
    SELECT version_id, round(seconds), %(sign)s * count(*)
    FROM changed WHERE reached GROUP BY 1, 2
    ON CONFLICT (version_id, seconds) DO UPDATE SET answers = s.answers + excluded.answers
), each_point AS (
    -- A confirmed answer's ticks are the candidate's; called is then what the engine said.
    SELECT question_id, version_id, answer_id, month, engine, point, ticked, kind,
        point <= cardinality(ticks) AS is_ticked,
        coalesce(point <= cardinality(called), false) AS is_called,
        coalesce(point <= cardinality(called), false) AND counts IS NOT FALSE AS is_checked
    FROM changed
    CROSS JOIN unnest(ticks, called, counted) WITH ORDINALITY AS tick (ticked, kind, counts, point)
), by_point AS (
    SELECT version_id, point, count(*) FILTER (WHERE is_ticked) AS ticked,
        count(*) FILTER (WHERE is_ticked AND NOT ticked) AS missed,
        count(*) FILTER (WHERE is_called) AS called, count(*) FILTER (WHERE is_checked) AS checked,
        count(*) FILTER (WHERE is_checked AND (kind = 'f') <> ticked) AS corrected,
        0 AS asked_for, 0 AS helped
    FROM each_point GROUP BY version_id, point
    UNION ALL
    SELECT version_id, asked_for.point + 1, 0, 0, 0, 0, 0, count(*),
        count(*) FILTER (WHERE asked_for.point = ANY (helped_points))
    FROM changed CROSS JOIN unnest(asked_points) AS asked_for (point) GROUP BY 1, 2
), of_points AS (
    INSERT INTO attempts_pointsums AS s (version_id, point, ticked, missed, called, checked, corrected,
        asked_for, helped)
    SELECT version_id, point, %(sign)s * sum(ticked), %(sign)s * sum(missed), %(sign)s * sum(called),
        %(sign)s * sum(checked), %(sign)s * sum(corrected), %(sign)s * sum(asked_for),
        %(sign)s * sum(helped)
    FROM by_point GROUP BY version_id, point
    ON CONFLICT (version_id, point) DO UPDATE SET ticked = s.ticked + excluded.ticked,
        missed = s.missed + excluded.missed, called = s.called + excluded.called,
        checked = s.checked + excluded.checked, corrected = s.corrected + excluded.corrected,
        asked_for = s.asked_for + excluded.asked_for, helped = s.helped + excluded.helped
), of_months AS (
    INSERT INTO attempts_monthsums AS s (question_id, month, engine, answers, found, found_right,
        unsure, unsure_right, opposite, opposite_right, missing, missing_right)
    SELECT question_id, month, engine, %(sign)s * count(DISTINCT answer_id),
        %(sign)s * count(*) FILTER (WHERE kind = 'f'),
        %(sign)s * count(*) FILTER (WHERE kind = 'f' AND ticked),
        %(sign)s * count(*) FILTER (WHERE kind = 'u'),
        %(sign)s * count(*) FILTER (WHERE kind = 'u' AND NOT ticked),
        %(sign)s * count(*) FILTER (WHERE kind = 'o'),
        %(sign)s * count(*) FILTER (WHERE kind = 'o' AND NOT ticked),
        %(sign)s * count(*) FILTER (WHERE kind = 'm'),
        %(sign)s * count(*) FILTER (WHERE kind = 'm' AND NOT ticked)
    FROM each_point WHERE is_checked GROUP BY question_id, month, engine
    ON CONFLICT (question_id, month, engine) DO UPDATE SET answers = s.answers + excluded.answers,
        found = s.found + excluded.found, found_right = s.found_right + excluded.found_right,
        unsure = s.unsure + excluded.unsure, unsure_right = s.unsure_right + excluded.unsure_right,
        opposite = s.opposite + excluded.opposite,
        opposite_right = s.opposite_right + excluded.opposite_right,
        missing = s.missing + excluded.missing,
        missing_right = s.missing_right + excluded.missing_right
)
SELECT DISTINCT question_id, month FROM changed
