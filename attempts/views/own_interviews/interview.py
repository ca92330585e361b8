"""The page of one own interview: what to expect, the clock, Start; and deleting it."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from attempts.models import OwnInterview
from attempts.rules.draw import CannotFill
from attempts.transitions.personal.own_interviews import delete_own
from attempts.transitions.starting import Pace
from attempts.views.own_interviews.begin import begin, pace_form
from attempts.views.own_interviews.estimate import estimate
from attempts.views.own_interviews.saved import in_terms, own_of
from attempts.views.room_page import running_page


@require_http_methods(["GET", "HEAD", "POST"])
def interview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What to expect, with Start. 409 if fewer questions match than it asks."""
    own = own_of(request, pk)
    form, pace = pace_form(request, request.POST, own)
    if request.method == "POST" and pace is not None:
        try:
            return redirect(begin(request, own, pace))
        except OwnInterview.DoesNotExist:
            raise Http404 from None  # deleted in another window
        except CannotFill:
            pass  # the page says so
    (in_words,) = in_terms(OwnInterview.objects.filter(pk=own.pk))
    expected = estimate(own, own.owner, Pace())
    context = {
        "own": in_words,
        "form": form,
        "estimate": expected,
        "is_adjusted": pace != Pace(),
        "scorer": settings.SCORER,
        "running": running_page(own.owner),
    }
    status = HTTPStatus.CONFLICT if expected.missing else HTTPStatus.OK
    return render(request, "attempts/own/interview.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks before it deletes. Attempts of it stay."""
    own = own_of(request, pk)
    if request.method == "POST":
        delete_own(own)
        messages.success(request, f"“{own.title}” was deleted.")
        return redirect("own:build")
    return render(request, "attempts/own/delete.html", {"own": own})
