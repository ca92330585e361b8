"""The attempts of the person who asks, newest first."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from attempts.models import Attempt, FinishReason
from attempts.owners import owner_of
from attempts.views.room_page import running_page
from quizsite.page_scripts import HtmxRequest

ROWS_PER_PAGE = 20


@dataclass(frozen=True)
class HistoryRow:
    attempt: Attempt

    @property
    def unusual_end(self) -> str:
        """Why the attempt ended, in words; "" if its owner finished it."""
        if self.attempt.finish_reason == FinishReason.SUBMITTED:
            return ""
        return self.attempt.get_finish_reason_display()


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def history(request: HtmxRequest) -> HttpResponse:
    """Finished attempts, a keyset page of 20 at a time; htmx asks for the next rows only."""
    owner = owner_of(request)
    # First, because an attempt whose time turns out to be up belongs in the list.
    running = None if request.htmx else running_page(owner)
    after = _read_cursor(request.GET.get("before", ""))
    attempts = Attempt.objects.owned_by(owner).finished().newest_first(after=after)
    read = list(attempts.with_counts()[: ROWS_PER_PAGE + 1])
    shown, has_more = read[:ROWS_PER_PAGE], len(read) > ROWS_PER_PAGE
    context = {
        "rows": [HistoryRow(attempt) for attempt in shown],
        "next_cursor": _write_cursor(shown[-1]) if has_more else "",
        "running": running,
        "focuses_first_row": bool(request.htmx),
    }
    template = "attempts/_history_rows.html" if request.htmx else "attempts/history.html"
    return render(request, template, context)


def _write_cursor(attempt: Attempt) -> str:
    """The place of a finished attempt. The next page starts after it. "" for a running attempt."""
    return f"{attempt.finished_at.isoformat()}_{attempt.pk}" if attempt.finished_at else ""


def _read_cursor(text: str) -> tuple[datetime, UUID] | None:
    """(finished_at, id) of the attempt before the page; None if the text is no cursor."""
    instant, _, pk = text.replace(" ", "+").partition("_")
    try:
        finished_at = datetime.fromisoformat(instant)
        # PostgreSQL can store every instant that Python has, once it is in UTC.
        return (finished_at.astimezone(UTC), UUID(pk)) if finished_at.tzinfo else None
    except (ValueError, OverflowError):
        return None
