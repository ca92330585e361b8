"""What the answers say about the questions. PostgreSQL adds up; pages read what is stored."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from math import inf
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import F, Max, Q

from attempts.models import (
    CheckedSuggestions,
    LastCount,
    MonthSums,
    QuestionStatistics,
    VersionSums,
)
from attempts.statistics.counting import Touched, begin_again, count_next
from attempts.statistics.rules import ENOUGH_ANSWERS, ENOUGH_CHECKED

REFRESH_EVERY = timedelta(minutes=10)
"""How old the stored numbers may get before the sweep computes them again."""

ROUND_SECONDS = 5
"""How long the sweep may count in one round, because it has attempts to end as well."""

MAX_SECONDS = 600
"""The most one step may take; other statements end after a few seconds (quizsite/settings.py)."""

LOCK = 7_421_053  # any number that nothing else takes as an advisory lock

COMPUTE = Path(__file__).with_name("compute.sql").read_text()

MANY = 500
"""After so many questions are added up again, PostgreSQL looks at the tables again, too."""


def refresh(*, now: datetime, everything: bool = False, seconds: float = inf) -> bool:
    """Count what changed since the last time; False if another process is doing so.

    What each answer adds is kept in a short row (CountedAnswer), and their sums by version
    (VersionSums and others). Of an attempt that changed, what it had added is taken away, and what
    it adds now is put there. So a refresh costs as much as what changed. Nobody waits for a lock:
    triggers only add rows to the list of what changed.

    Some attempts at a time are counted in a transaction of their own; after so many `seconds` the
    rest is left to the next time. everything: all attempts are counted; always so the first time.
    Until that is done, pages have what they had before.

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
    median_seconds: median of the time spent over those reached, in whole seconds; the mean of the
        middle two where their number is even. Pages compare it with the suggested time.
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
    until = time.monotonic() + seconds
    goes_on = True
    while goes_on:
        with transaction.atomic(), _patient_cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if cursor.fetchone() == (False,):
                return False
            goes_on = _step(cursor, now, everything) and time.monotonic() < until
            everything = False
    return True


def _step(cursor: CursorWrapper, now: datetime, everything: bool) -> bool:
    """Count some attempts. Whether there are more."""
    last = LastCount.objects.first()
    if last is None or everything:
        last = begin_again(cursor, last)
    was_whole = last.after is None
    touched, goes_on = count_next(cursor, last)
    if last.after is None:
        if was_whole:
            touched.questions |= _renewed()
        else:
            touched = _everything()
        _add_up(cursor, touched, now)
        last.counted_at = now
    last.save()
    return goes_on


def _everything() -> Touched:
    """Of what there is something to store, or something stored."""
    counted = VersionSums.objects.values_list("question_id", flat=True)
    months = MonthSums.objects.values_list("month", flat=True).distinct()
    return Touched(
        {*counted, *QuestionStatistics.objects.values_list("question", flat=True)},
        {*months, *CheckedSuggestions.objects.values_list("month", flat=True).distinct()},
    )


def _renewed() -> set[int]:
    """Questions with a new version since they were added up: their key points are others."""
    together = QuestionStatistics.objects.filter(version=None)
    is_same = Q(points_version=F("question__current_version"))
    neither = Q(points_version=None, question__current_version=None)
    renewed = together.exclude(is_same | neither)
    return set(renewed.values_list("question", flat=True))


def _add_up(cursor: CursorWrapper, touched: Touched, now: datetime) -> None:
    """Compute the rows of these questions, and of these months of theirs."""
    questions, months = sorted(touched.questions), sorted(touched.months)
    if not questions:
        return
    QuestionStatistics.objects.filter(question__in=questions).delete()
    CheckedSuggestions.objects.filter(question__in=questions, month__in=months).delete()
    enough = {"enough": ENOUGH_ANSWERS, "enough_checked": ENOUGH_CHECKED}
    cursor.execute(COMPUTE, {"questions": questions, "months": months, "now": now, **enough})
    if len(questions) >= MANY:
        cursor.execute("ANALYZE attempts_questionstatistics, attempts_checkedsuggestions")


@contextmanager
def _patient_cursor() -> Iterator[CursorWrapper]:
    """A cursor whose statements may take MAX_SECONDS, until the transaction ends."""
    with connection.cursor() as cursor, _patient_connection():
        cursor.execute(f"SET LOCAL statement_timeout = '{MAX_SECONDS}s'")
        cursor.execute("SET LOCAL work_mem = '64MB'")
        yield cursor


@contextmanager
def _patient_connection() -> Iterator[None]:
    """While a step runs, let the connection wait for a statement as long as PostgreSQL does.

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
    """Refresh, unless the stored numbers are younger than REFRESH_EVERY. The sweep calls this.

    A first count that was begun goes on, however old they are.
    """
    last = computed_at()
    is_counting = LastCount.objects.exclude(after=None).exists()
    is_old = last is None or now - last >= REFRESH_EVERY
    return (is_counting or is_old) and refresh(now=now, seconds=ROUND_SECONDS)


def computed_at() -> datetime | None:
    """As of when the stored numbers are; None if there are none."""
    stored: datetime | None = QuestionStatistics.objects.aggregate(last=Max("computed_at"))["last"]
    counted = LastCount.objects.values_list("counted_at", flat=True).first()
    return stored and max(stored, counted or stored)
