"""The attempts of the person who asks: how they go, and the list, newest first."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect, replace_url

from attempts.models import Attempt
from attempts.owners import FORGOTTEN, Owner, owner_of
from attempts.views.guests.forgotten import REASON
from attempts.views.history.cursor import Cursor
from attempts.views.history.filters import FilterForm
from attempts.views.history.reading import History, read_history
from attempts.views.refused_text import refused_text_response
from attempts.views.room_page import running_page
from quizsite.clock import database_now
from quizsite.page_scripts import HtmxRequest, is_page_script


@require_safe
@vary_on_headers("HX-Request")
def history(request: HtmxRequest) -> HttpResponse:
    """Attempts that have ended, a keyset page of 20 at a time; htmx asks for the next rows only.

    before: the rows after this cursor, which are older. through: all rows down to this cursor, as
    the page shows them after "Older attempts" was pressed; htmx puts it into the address. The
    other fields are those of FilterForm.
    """
    owner = owner_of(request)
    before = Cursor.read(request.GET.get("before", ""))
    through = Cursor.read(request.GET.get("through", ""))
    if owner is None:
        has_place = bool(before or through) or any(map(request.GET.get, FilterForm.base_fields))
        return _nobodys_response(request, has_place=has_place)
    if request.htmx and before and not _is_theirs(owner, before):
        return HttpResponseClientRedirect(reverse("attempts:history"))
    if request.htmx:
        return _rows_response(request, read_history(owner, request.GET, before, through))
    now = database_now()
    # First, because an attempt whose time turns out to be up belongs in the list.
    running = running_page(owner, now)
    page = read_history(owner, request.GET, before, through, now=now)
    return render(request, "attempts/history/page.html", {"history": page, "running": running})


def _rows_response(request: HtmxRequest, page: History) -> HttpResponse:
    context = {"history": page, "takes_focus": True}
    response = render(request, "attempts/history/_rows.html", context)
    return replace_url(response, f"?{page.here}") if page.rows else response


def _nobodys_response(request: HtmxRequest, *, has_place: bool) -> HttpResponse:
    """For a visitor who has started nothing, or was logged out while they read the list.

    has_place: whether the address has a place in a list, or a filter. Only who had that list can
    have it again; nobody can if it was removed from this browser.
    """
    if not has_place:
        return render(request, "attempts/history/nothing.html")
    if FORGOTTEN in request.session:
        messages.info(request, REASON)
        address = reverse("attempts:history")
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    if is_page_script(request):
        return refused_text_response(request, status=HTTPStatus.UNAUTHORIZED)
    return redirect_to_login(request.get_full_path())


def _is_theirs(owner: Owner, cursor: Cursor) -> bool:
    """Whether the cursor is one of their attempts, not of somebody who was logged in before."""
    return Attempt.objects.owned_by(owner).filter(pk=cursor.pk).exists()
