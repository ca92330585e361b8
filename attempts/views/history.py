"""The attempts of the person who asks, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect, replace_url

from attempts.marking.open_points import score_ranges
from attempts.models import Attempt, AttemptQuerySet, FinishReason
from attempts.owners import FORGOTTEN, Owner, owner_of
from attempts.views.guests.forgotten import REASON
from attempts.views.refused_text import refused_text_response
from attempts.views.room_page import running_page
from quizsite.database.one_moment import one_moment
from quizsite.page_scripts import HtmxRequest, is_page_script

ROWS_PER_PAGE = 20

MOST_ROWS = 200
"""Rows that an address brings back at once; of more, the oldest ones."""


@dataclass(frozen=True)
class HistoryRow:
    """score_range: the score without and with what is unsure, as the result shows it, or None."""

    attempt: Attempt
    score_range: tuple[int, int] | None = None

    @property
    def unusual_end(self) -> str:
        """Why the attempt ended, in words; "" if its owner finished it."""
        if self.attempt.finish_reason == FinishReason.SUBMITTED:
            return ""
        return self.attempt.get_finish_reason_display()


@dataclass(frozen=True)
class Cursor:
    """The place of an attempt in the list."""

    finished_at: datetime
    pk: UUID

    @property
    def place(self) -> tuple[datetime, UUID]:
        return self.finished_at, self.pk

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """None if the text is no cursor."""
        instant, _, pk = text.replace(" ", "+").partition("_")
        try:
            finished_at = datetime.fromisoformat(instant)
            # PostgreSQL can store every instant that Python has, once it is in UTC.
            return cls(finished_at.astimezone(UTC), UUID(pk)) if finished_at.tzinfo else None
        except (ValueError, OverflowError):
            return None

    def __str__(self) -> str:
        return f"{self.finished_at.isoformat()}_{self.pk}"


@dataclass(frozen=True)
class HistoryPage:
    """rows: newest first. has_newer, has_older: whether there are others before and after them."""

    rows: list[HistoryRow]
    has_newer: bool
    has_older: bool

    @property
    def last(self) -> str:
        """The cursor of the last row; "" if there are none."""
        last = self.rows[-1].attempt if self.rows else None
        return str(Cursor(last.finished_at, last.pk)) if last and last.finished_at else ""


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def history(request: HtmxRequest) -> HttpResponse:
    """Finished attempts, a keyset page of 20 at a time; htmx asks for the next rows only.

    before: the rows after this cursor, which are older. through: all rows down to this cursor, as
    the page shows them after "Older attempts" was pressed; htmx puts it into the address.
    """
    owner = owner_of(request)
    before = Cursor.read(request.GET.get("before", ""))
    through = Cursor.read(request.GET.get("through", ""))
    if owner is None and (before or through):
        return _logged_out_response(request)
    if request.htmx and before and not _is_theirs(owner, before):
        return HttpResponseClientRedirect(reverse("attempts:history"))
    # First, because an attempt whose time turns out to be up belongs in the list.
    running = None if request.htmx else running_page(owner)
    with one_moment():
        page = _page(Attempt.objects.owned_by(owner).finished().with_counts(), before, through)
    context = {"page": page, "rows": page.rows, "running": running}
    if not request.htmx:
        return render(request, "attempts/history.html", context)
    response = render(request, "attempts/_history_rows.html", {**context, "takes_focus": True})
    return replace_url(response, "?" + urlencode({"through": page.last})) if page.rows else response


def _page(attempts: AttemptQuerySet, before: Cursor | None, through: Cursor | None) -> HistoryPage:
    if through:
        read = list(attempts.oldest_first(since=through.place)[: MOST_ROWS + 1])
        rows = _rows(list(reversed(read[:MOST_ROWS])))
        has_older = attempts.newest_first(after=through.place).exists()
        return HistoryPage(rows, has_newer=len(read) > MOST_ROWS, has_older=has_older)
    after = before.place if before else None
    read = list(attempts.newest_first(after=after)[: ROWS_PER_PAGE + 1])
    rows = _rows(read[:ROWS_PER_PAGE])
    return HistoryPage(rows, has_newer=bool(before), has_older=len(read) > ROWS_PER_PAGE)


def _rows(attempts: Sequence[Attempt]) -> list[HistoryRow]:
    ranges = score_ranges(attempts)
    return [HistoryRow(attempt, ranges.get(attempt.pk)) for attempt in attempts]


def _logged_out_response(request: HtmxRequest) -> HttpResponse:
    """A place in a list that nobody is known for any more: only who had it can have it again.

    If the list was removed from this browser, nobody can.
    """
    if FORGOTTEN in request.session:
        messages.info(request, REASON)
        address = reverse("attempts:history")
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    if is_page_script(request):
        return refused_text_response(request, status=HTTPStatus.UNAUTHORIZED)
    return redirect_to_login(request.get_full_path())


def _is_theirs(owner: Owner | None, cursor: Cursor) -> bool:
    """Whether the cursor is one of their attempts, not of somebody who was logged in before."""
    return Attempt.objects.owned_by(owner).filter(pk=cursor.pk).exists()
