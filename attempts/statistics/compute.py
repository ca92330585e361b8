"""What the answers say about the questions. PostgreSQL adds up; pages read what is stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Max

from attempts.models import WRITTEN, CheckedSuggestions, LastCount, QuestionStatistics
from attempts.statistics.rules import ENOUGH_ANSWERS, ENOUGH_CHECKED

REFRESH_EVERY = timedelta(minutes=10)
"""How old the stored numbers may get before the sweep computes them again."""

MAX_SECONDS = 600
"""The most a refresh may take; other statements end after a few seconds (quizsite/settings.py)."""

LOCK = 7_421_053  # any number that nothing else takes as an advisory lock

FACTS = Path(__file__).with_name("facts.sql").read_text()
COMPUTE = Path(__file__).with_name("compute.sql").read_text()

REMOVE = """
WITH removed AS (
    DELETE FROM attempts_countedanswer WHERE %(everything)s OR attempt_id = ANY(%(attempts)s)
    RETURNING question_id
) SELECT DISTINCT question_id FROM removed
"""
RENEWED = """
SELECT question_id FROM attempts_questionstatistics s
JOIN questions_question q ON q.id = s.question_id
WHERE version_id IS NULL
    AND (%(everything)s OR points_version_id IS DISTINCT FROM current_version_id)
"""
"""Questions with a new version since they were added up: their key points are others."""

MANY = 500
"""After so many questions are counted again, PostgreSQL looks at the tables again, too."""


@transaction.atomic
def refresh(*, now: datetime, everything: bool = False) -> bool:
    """Count again what changed since the last time; False if another process is doing so.

    An answer's part is kept in a short row (CountedAnswer), so that only attempts that changed are
    read, and only their questions are added up again. Nobody waits for a lock: triggers only add
    rows to the list of what changed. everything: all attempts are read; always so the first time.

    All finished attempts count (submitted or expired), running and discarded ones do not. Of the n
    answers to a question, over all its versions or over one:

    asked: n. reached: those that were opened.
    mean_share: sum of shares / scored. An answer without text has share 0, reached or not; one
        with text that is not scored yet is left out, and `scored` says how many are in. This is
        the item difficulty p of classical test theory (Lord & Novick 1968, Statistical Theories
        of Mental Test Scores, ch. 15), which Moodle calls facility index.
    skip_rate: answers that were opened and left without text before their time ran out / reached.
    time_out_rate: answers that were still open when their time ran out / reached. Their results
        say the same.
    median_seconds: median of the time spent over those reached, the mean of the middle two where
        their number is even (percentile_cont). Pages compare it with the suggested time.
    discrimination: Pearson's correlation of the share x with y, the mean share of the attempt's
        other scored answers: sum((x - mx)(y - my)) / sqrt(sum((x - mx)^2) sum((y - my)^2)). This
        is the corrected item-total correlation (Henrysson 1963, Correction of item-total
        correlations in item analysis, Psychometrika 28, 211-218): the question is not compared
        with itself. None below ENOUGH_ANSWERS pairs (`paired`), and where x or y is constant.
    miss_rates: for each key point of the version, answers in which it is not ticked / `ticked`,
        the answers with text that have ticks, the candidate's or else the suggested ones. A
        point that a regrade withdrew is still one of its version, and keeps its ticks.
        most_missed is the largest. The row for all versions together has those of the current
        version, because other versions have other points.
    follow_ups_asked: for each key point of the version, how often the follow-up that leads to it
        was asked. follow_ups_helped: how often the point was then made in the answer to it, and not
        before. most_in_vain: how often that follow-up was asked that was asked most and never
        helped.

    All other numbers are about questions: what a follow-up adds is in the share of its question.
    """
    with connection.cursor() as cursor, _patient_connection():
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if cursor.fetchone() == (False,):
            return False
        cursor.execute(f"SET LOCAL statement_timeout = '{MAX_SECONDS}s'")
        cursor.execute("SET LOCAL work_mem = '64MB'")
        everything = everything or not LastCount.objects.exists()
        questions = [*_read_attempts(cursor, everything)]
        if questions:
            _add_up(cursor, questions, now)
        LastCount.objects.update_or_create(pk=1, defaults={"counted_at": now})
    return True


def _read_attempts(cursor: CursorWrapper, everything: bool) -> set[int]:
    """Bring the rows of changed attempts up to date; the ids of the questions that they ask."""
    cursor.execute("DELETE FROM attempts_tocount RETURNING attempt_id")
    chosen: dict[str, bool | str | list[UUID]] = {
        "everything": everything,
        "attempts": list({attempt for (attempt,) in cursor.fetchall()}),
        "written": WRITTEN,
        "zone": settings.TIME_ZONE,
    }
    questions: set[int] = set()
    for statement in (REMOVE, FACTS, RENEWED):
        cursor.execute(statement, chosen)
        questions |= {question for (question,) in cursor.fetchall()}
    if everything:
        cursor.execute("ANALYZE attempts_countedanswer")
    return questions


def _add_up(cursor: CursorWrapper, questions: list[int], now: datetime) -> None:
    """Compute the rows of these questions."""
    for model in (QuestionStatistics, CheckedSuggestions):
        model.objects.filter(question__in=questions).delete()
    enough = {"enough": ENOUGH_ANSWERS, "enough_checked": ENOUGH_CHECKED}
    cursor.execute(COMPUTE, {"questions": questions, "now": now, **enough})
    if len(questions) >= MANY:
        cursor.execute("ANALYZE attempts_questionstatistics, attempts_checkedsuggestions")


@contextmanager
def _patient_connection() -> Iterator[None]:
    """While a refresh runs, let the connection wait for a statement as long as PostgreSQL does.

    quizsite.database.connection closes a connection that gets no answer within its time-out, which
    is a little more than the usual statement_timeout.
    """
    link = connection.connection
    usual, link.answer_timeout = link.answer_timeout, MAX_SECONDS + 1
    try:
        yield
    finally:
        link.answer_timeout = usual


def refresh_if_old(*, now: datetime) -> bool:
    """Refresh, unless the stored numbers are younger than REFRESH_EVERY. The sweep calls this."""
    last = computed_at()
    return (last is None or now - last >= REFRESH_EVERY) and refresh(now=now)


def computed_at() -> datetime | None:
    """As of when the stored numbers are; None if there are none."""
    stored: datetime | None = QuestionStatistics.objects.aggregate(last=Max("computed_at"))["last"]
    counted = LastCount.objects.values_list("counted_at", flat=True).first()
    return stored and max(stored, counted or stored)
