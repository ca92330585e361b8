"""Reads what the result page shows, and says where a part of it is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import prefetch_related_objects

from attempts.marking.example_sentences import selected_sentences
from attempts.marking.queue.waiting import is_scorer_alive
from attempts.models import Attempt
from attempts.owners import Owner
from attempts.reports.form import ReportForm
from attempts.rules.lifecycle import IllegalTransition
from attempts.views.access import load_current
from attempts.views.results.first_screen import earlier
from attempts.views.results.result_page import ResultPage

READ_BY = timedelta(minutes=2)
"""After the end. What still waits then was put off, or many wait before it."""

SHOWN_TOO = (
    *("attempt__interview", "version__question__current_version"),
    "version__example_sentences",
)


def address_of_part(attempt: Attempt, part: str, position: int) -> str:
    """Of a part of an answer on its result, such as "marks", with the answer open."""
    return f"{attempt.get_absolute_url()}?open={position}#{part}-{position}"


def read_result(
    owner: Owner,
    pk: UUID,
    now: datetime,
    *,
    refused_reports: Mapping[int, ReportForm] | None = None,
    refused_words: Mapping[int, tuple[int, str]] | None = None,
    shows_all: bool = False,
    opens: int = 0,
) -> ResultPage:
    """The page with all the rows it shows, because templates make no queries.

    The attempt and its answers come from one statement: between two, an engine could check an
    answer, and the score would belong to other answers. Raises Attempt.DoesNotExist if it is not
    the owner's, and IllegalTransition while it runs, because its key points must not show yet.
    """
    attempt, answers = load_current(owner, pk, now, *SHOWN_TOO)
    if attempt.is_running:
        raise IllegalTransition("a running attempt has no result")
    prefetch_related_objects([attempt], "added_times")
    prefetch_related_objects(answers, "kept_texts", "reports", "said_here")
    page = ResultPage(
        attempt,
        answers,
        now,
        refused_reports or {},
        refused_words or {},
        shows_all,
        selected_sentences(answer.version for answer in answers),
        earlier(attempt),
        opens,
    )
    waits_long = attempt.finished_at is not None and now - attempt.finished_at > READ_BY
    is_read_later = page.is_waiting and (waits_long or not is_scorer_alive())
    return replace(page, is_read_later=True) if is_read_later else page
