"""Forget this browser: delete what a guest has left here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from attempts import transitions
from attempts.models import Attempt
from attempts.owners import (
    GUEST_KEY,
    NOT_MINE,
    PLACES,
    Owner,
    Removal,
    note_removed,
    owner_of,
    unclaimed_guest,
)
from attempts.preferences import INTERVIEW_ON
from attempts.unsaved_text import forgets_unsaved_text
from attempts.views.guests.whose import NAMED
from attempts.views.room_page import running_page


@require_http_methods(["GET", "HEAD", "POST"])
@forgets_unsaved_text
def forget(request: HttpRequest) -> HttpResponse:
    """Say what would be deleted; once that is confirmed, delete it."""
    guest = _guest(request)
    if guest is None:
        return redirect("home")
    if request.method == "POST":
        _forget_session(request, transitions.delete_all(guest))
        messages.success(request, "This browser has forgotten the attempts that were taken in it.")
        return redirect("home")
    attempts = Attempt.objects.owned_by(guest)
    context = {
        "running": running_page(guest),
        "count": attempts.count(),
        "attempts": attempts.order_by("-started_at")[:NAMED],
    }
    return render(request, "attempts/forget.html", context)


def _guest(request: HttpRequest) -> Owner | None:
    """The guest of this browser, unless the user who is logged in has disowned them."""
    if request.user.is_authenticated:
        return unclaimed_guest(request)
    return owner_of(request)


def _forget_session(request: HttpRequest, ids: list[UUID]) -> None:
    """What the session has of the guest; of somebody who is not logged in, all of it.

    The ids of the removed attempts stay, for pages that are still open in another tab.
    """
    removed = {name: request.session[name] for name in PLACES.values() if name in request.session}
    for name in (GUEST_KEY, NOT_MINE, INTERVIEW_ON):
        request.session.pop(name, None)
    if not request.user.is_authenticated:
        request.session.flush()
    request.session.update(removed)
    note_removed(request, Removal.FORGOTTEN, ids)
