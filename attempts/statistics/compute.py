"""What the answers say about the questions. Postgres adds them up; pages read what is stored."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Value, When

from attempts.models import WRITTEN, QuestionStatistics, Report

ENOUGH = 20
"""Answers from which a number about a question is more than chance."""

EVERY = timedelta(minutes=10)
"""How old the stored numbers may get before the sweep computes them again."""

SECONDS = 600
"""The most a refresh may take; other statements end after a few seconds (quizsite/settings.py)."""

LOCK = 7_421_053  # any number, as long as nobody else takes it

# Shares count in whole ten-thousandths and means in whole millionths: sums of whole numbers are
# exact, so that corr() sees a constant as what it is. The regular expression reads a text no
# further than its first letter.
COMPUTE = """
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
"""


@transaction.atomic
def refresh(*, now: datetime) -> bool:
    """Compute every row of QuestionStatistics anew; False if somebody else is at it just now.

    All finished attempts count (submitted or expired), none that runs or was discarded. Of the n
    answers to a question, over all its versions or over one:

    asked: n. reached: those that were opened.
    mean_share: sum of shares / scored. An answer without text has share 0, reached or not; one
        with text that nobody has scored yet is left out, and `scored` says how many are in. This
        is the item difficulty p of classical test theory (Lord & Novick 1968, Statistical
        Theories of Mental Test Scores, ch. 15), which Moodle calls facility index.
    skip_rate: answers that were opened and left without text although their time had not run out /
        reached. time_out_rate: answers that lay open when the bell rang / reached; they are those
        the result says so of.
    median_seconds: median of the time spent over those reached, the mean of the middle two where
        their number is even (percentile_cont). Pages set it against the suggested time.
    discrimination: Pearson's correlation of the share x with y, the mean share of the attempt's
        other scored answers: sum((x - mx)(y - my)) / sqrt(sum((x - mx)^2) sum((y - my)^2)). This
        is the corrected item-total correlation (Henrysson 1963, Correction of item-total
        correlations in item analysis, Psychometrika 28, 211-218): the question is not compared
        with itself. None below ENOUGH pairs (`paired`), and where x or y is constant.
    miss_rates: for each key point of the version, answers in which it is not ticked / `ticked`,
        the answers with text that have ticks, the candidate's or else the suggested ones. A
        point that a regrade withdrew is still one of its version, and keeps its ticks.
        most_missed is the largest. For all versions together those of the present version,
        because another version has other points.
    """
    with connection.cursor() as cursor, _patience():
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute("DELETE FROM attempts_questionstatistics")
        cursor.execute(COMPUTE, {"enough": ENOUGH, "now": now, "written": WRITTEN})
        cursor.execute("ANALYZE attempts_questionstatistics")
    return True


@contextmanager
def _patience():
    """Let the open connection, too, wait as long as a refresh may take."""
    link = connection.connection
    usual, link.answer_timeout = link.answer_timeout, SECONDS + 1
    try:
        yield
    finally:
        link.answer_timeout = usual


def refresh_if_old(*, now: datetime) -> bool:
    """For the sweep: refresh, unless the stored numbers are younger than EVERY."""
    last = computed_at()
    return (last is None or now - last >= EVERY) and refresh(now=now)


def computed_at() -> datetime | None:
    """When the stored numbers were computed; None where there are none."""
    return QuestionStatistics.objects.aggregate(last=Max("computed_at"))["last"]


@dataclass(frozen=True)
class Rule:
    """Why a question needs a look. `holds` is the name of a yes or no on each row."""

    holds: str
    words: str
    condition: Q


RULES = (
    Rule("is_reported", "It has open reports.", Q()),  # its condition is made from the reports
    Rule(
        "is_blunt",
        f"Discrimination below 0.1, from {ENOUGH} answers on: those who do well elsewhere do hardly"
        " better here.",
        Q(discrimination__lt=0.1),
    ),
    Rule(
        "is_rushed",
        f"Time ran out in more than 30 % of at least {ENOUGH} answers.",
        Q(time_out_rate__gt=0.3, reached__gte=ENOUGH),
    ),
    Rule(
        "is_skipped",
        f"More than 30 % of at least {ENOUGH} were left without an answer.",
        Q(skip_rate__gt=0.3, reached__gte=ENOUGH),
    ),
    Rule(
        "is_missed",
        f"One key point is missing in more than 80 % of at least {ENOUGH} answers.",
        Q(most_missed__gt=0.8, ticked__gte=ENOUGH),
    ),
)


def open_reports(key: str) -> dict[int, int]:
    """Open reports by id of the question or of the version: key is one of the two words."""
    path = {"question": "answer__version__question", "version": "answer__version"}[key]
    counted = Report.objects.open().order_by().values_list(path)
    return dict(counted.annotate(count=Count("pk")))


def rows_by(key: str, reported) -> QuerySet:
    """Rows of questions or of versions (key), each with what RULES say and the sum, `reasons`.

    reported: ids, of what key names, that have open reports.
    """
    conditions = {rule.holds: rule.condition for rule in RULES}
    conditions["is_reported"] = Q(**{f"{key}_id__in": list(reported)})
    holds = {
        name: Case(When(condition, then=1), default=0, output_field=IntegerField())
        for name, condition in conditions.items()
    }
    rows = QuestionStatistics.objects.filter(version__isnull=key == "question")
    return rows.annotate(**holds).annotate(
        reasons=sum((F(name) for name in holds), Value(0)),
        time_ratio=F("median_seconds") / F("question__seconds"),
    )
