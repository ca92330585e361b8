"""The attempts of the person who asks, newest first."""

from datetime import UTC, datetime
from uuid import UUID

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from attempts.models import Attempt
from attempts.owners import owner_of
from attempts.views.room_page import running_room

PAGE = 20


@require_GET
@never_cache
@vary_on_headers("HX-Request")
def history(request):
    """Finished attempts, a keyset page of 20 at a time; htmx asks for the next rows only."""
    owner = owner_of(request)
    # Before the list is read: it may turn out that time is up, and then it belongs there.
    running = None if request.htmx else running_room(owner)
    after = _read_cursor(request.GET.get("before", ""))
    attempts = Attempt.objects.owned_by(owner).finished().newest_first(after=after)
    rows = list(attempts.with_counts()[: PAGE + 1])
    page, more = rows[:PAGE], len(rows) > PAGE
    context = {
        "attempts": page,
        "next_cursor": _write_cursor(page[-1]) if more else "",
        "running": running,
    }
    template = "attempts/_history_rows.html" if request.htmx else "attempts/history.html"
    return render(request, template, context)


def _write_cursor(attempt: Attempt) -> str:
    return f"{attempt.finished_at.isoformat()}_{attempt.pk}"


def _read_cursor(text: str) -> tuple[datetime, UUID] | None:
    """Where the page starts; None for the first page, and for what is not a cursor."""
    instant, _, pk = text.replace(" ", "+").partition("_")
    try:
        finished_at = datetime.fromisoformat(instant)
        # In UTC every instant that Python can hold is one for Postgres too.
        return (finished_at.astimezone(UTC), UUID(pk)) if finished_at.tzinfo else None
    except (ValueError, OverflowError):
        return None
