"""The page on which somebody puts an interview together: how many match, Start, Save."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from attempts.models import OwnInterview
from attempts.owners import owner_of, owner_or_new_guest
from attempts.rules.draw import CannotFill
from attempts.transitions.personal.own_interviews import (
    MOST_SAVED,
    NameTaken,
    TooManySaved,
    matching,
    save_own,
)
from attempts.transitions.starting import Pace
from attempts.views.own_interviews.begin import begin, pace_form
from attempts.views.own_interviews.build_form import BuildForm, values_of
from attempts.views.own_interviews.estimate import estimate
from attempts.views.own_interviews.saved import own_of, saved_interviews
from attempts.views.room_page import running_page
from quizsite.clock import database_now
from quizsite.page_scripts import HtmxRequest


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def build(request: HtmxRequest) -> HttpResponse:
    """A new one. htmx asks for the number that match alone. 409 if a start needs more."""
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def change(request: HtmxRequest, pk: UUID) -> HttpResponse:
    """Another name or other terms for one that is there; an unsaved one is saved here."""
    return _page(request, own_of(request, pk))


def _page(request: HtmxRequest, changing: OwnInterview | None = None) -> HttpResponse:
    sent: QueryDict = request.POST if request.method == "POST" else request.GET
    if changing is not None and not sent:
        sent = values_of(changing)
    form = BuildForm(sent, asks_for_name=sent.get("do") == "save")
    is_clear = form.is_valid()  # a start or a save may still be refused
    own = form.own_interview() if is_clear else OwnInterview()
    clock, pace = pace_form(request, sent, own)
    if request.method == "POST" and is_clear and pace is not None:
        response = _done(request, form, own, pace, changing)
        if response is not None:
            return response
    owner = owner_of(request)
    context: dict[str, object] = {
        "form": form,
        "estimate": estimate(own, owner, pace or Pace()) if is_clear else None,
    }
    if request.htmx:
        return render(request, "attempts/own/_matching.html", context)
    context |= {
        "start_form": clock,
        "is_adjusted": pace != Pace(),
        "changing": changing,
        "saved": saved_interviews(owner),
        "running": running_page(owner),
    }
    status = HTTPStatus.CONFLICT if form.has_error("count", "too_few") else HTTPStatus.OK
    return render(request, "attempts/own/build.html", context, status=status)


def _done(
    request: HtmxRequest,
    form: BuildForm,
    own: OwnInterview,
    pace: Pace,
    changing: OwnInterview | None,
) -> HttpResponse | None:
    """What the pressed button does; None if it is refused, or only asks for the number."""
    does = request.POST.get("do")
    if does not in ("start", "save"):
        return None
    owner = changing.owner if changing else owner_or_new_guest(request)
    own.user_id, own.guest_key, own.created_at = owner.user_id, owner.guest_key, database_now()
    try:
        if does == "start":
            return redirect(begin(request, own, pace))
        saved = save_own(own, form.cleaned_data["name"], instead_of=changing)
    except OwnInterview.DoesNotExist:
        raise Http404 from None  # deleted in another window
    except CannotFill:
        form.refuse_too_few(matching(own, owner).count())
    except NameTaken:
        form.add_error("name", "You have an interview with this name already. Choose another.")
    except TooManySaved:
        form.add_error("name", f"You have {MOST_SAVED} saved interviews. Delete one first.")
    else:
        messages.success(request, f"Saved as “{saved.name}”.")
        return redirect(saved)
    return None
