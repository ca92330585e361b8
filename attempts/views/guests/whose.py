"""After a log-in: are the attempts that were taken in this browser without an account yours?"""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from attempts import transitions
from attempts.models import Attempt
from attempts.owners import FORGOTTEN, GUEST_KEY, NOT_MINE, Owner, owner_of, unclaimed_guest
from attempts.preferences import bring_interview_on
from attempts.transitions import Choice, TwoRunning
from attempts.views.guests.forgotten import REASON
from attempts.views.next_address import next_address
from attempts.views.room_page import RoomPage, running_page
from questions.rules.numbers import counted
from quizsite.clock import database_now

NAMED = 20
"""Of how many attempts the page gives the names."""


class ChoiceForm(forms.Form):
    """Which of two running attempts goes on, and what becomes of the other."""

    goes_on = forms.UUIDField()
    other = forms.ChoiceField(choices=[("submit", "submit"), ("discard", "discard")])

    def choice(self) -> Choice | None:
        if not self.is_valid():
            return None
        return Choice(self.cleaned_data["goes_on"], self.cleaned_data["other"] == "discard")


@require_http_methods(["GET", "HEAD", "POST"])
def whose(request: HttpRequest) -> HttpResponse:
    """Name the attempts and ask. 409 if two are running and nobody has said which goes on."""
    guest, user = unclaimed_guest(request), request.user
    if guest is None or not user.is_authenticated:
        if request.method == "POST" and FORGOTTEN in request.session:
            messages.info(request, REASON)
        return redirect(_address_after(request))
    status = HTTPStatus.OK
    answer = request.POST.get("answer")
    if answer == "leave":
        return _leave(request)
    if answer == "move":
        try:
            return _move(request, guest, user)
        except TwoRunning:
            status = HTTPStatus.CONFLICT
    return render(request, "attempts/whose.html", _named(request, guest), status=status)


def _named(request: HttpRequest, guest: Owner) -> dict[str, object]:
    """What the page says of the guest's attempts, and of the user's own running one."""
    running = running_page(guest)  # first, because its time may turn out to be up
    own = running_page(owner_of(request)) if running else None
    attempts = Attempt.objects.owned_by(guest)
    both: list[RoomPage] = [running, own] if running and own else []
    return {
        "count": attempts.count(),
        "attempts": attempts.order_by("-started_at")[:NAMED],
        "running": running,
        "both": both,
        "is_refused": request.method == "POST",
        "next": _address_after(request),
    }


def _move(request: HttpRequest, guest: Owner, user: User) -> HttpResponse:
    """Raises TwoRunning."""
    choice = ChoiceForm(request.POST).choice()
    moved = transitions.claim(guest.guest_key, user, now=database_now(), choice=choice)
    bring_interview_on(request)
    request.session.pop(GUEST_KEY, None)
    what = counted(moved, "attempt") if moved else "What was kept here"
    messages.success(request, f"{what} moved to your account.")
    return redirect(_address_after(request))


def _leave(request: HttpRequest) -> HttpResponse:
    request.session[NOT_MINE] = True
    messages.info(request, "Those attempts stay in this browser. You don't see them here.")
    after = _address_after(request)
    is_theirs = after.startswith(reverse("attempts:history"))
    return redirect("attempts:history" if is_theirs else after)


def _address_after(request: HttpRequest) -> str:
    """Where the person was going when they logged in; "My attempts" if that is not known."""
    return next_address(request, reverse("attempts:history"))
