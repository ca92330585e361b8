"""What the answers say about the questions. PostgreSQL adds up; pages read what is stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from attempts.models import WRITTEN, QuestionStatistics
from attempts.statistics.rules import ENOUGH_ANSWERS, ENOUGH_CHECKED

REFRESH_EVERY = timedelta(minutes=10)
"""How old the stored numbers may get before the sweep computes them again."""

MAX_SECONDS = 600
"""The most a refresh may take; other statements end after a few seconds (quizsite/settings.py)."""

LOCK = 7_421_053  # any number that nothing else takes as an advisory lock

COMPUTE = Path(__file__).with_name("compute.sql").read_text()


@transaction.atomic
def refresh(*, now: datetime) -> bool:
    """Compute every stored row again; False if another process is doing so.

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
    """
    with connection.cursor() as cursor, _patient_connection():
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if cursor.fetchone() == (False,):
            return False
        cursor.execute(f"SET LOCAL statement_timeout = '{MAX_SECONDS}s'")
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute("DELETE FROM attempts_questionstatistics")
        cursor.execute("DELETE FROM attempts_checkedsuggestions")
        cursor.execute(COMPUTE, _parameters(now))
        cursor.execute("ANALYZE attempts_questionstatistics, attempts_checkedsuggestions")
    return True


def _parameters(now: datetime) -> dict[str, int | str | datetime]:
    return {
        "enough": ENOUGH_ANSWERS,
        "enough_checked": ENOUGH_CHECKED,
        "now": now,
        "written": WRITTEN,
        "zone": settings.TIME_ZONE,
    }


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
    """When the stored numbers were computed; None if there are none."""
    last: datetime | None = QuestionStatistics.objects.aggregate(last=Max("computed_at"))["last"]
    return last
