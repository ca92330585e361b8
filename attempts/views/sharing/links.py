"""The links of one result: make one, see when each expires, take one back."""

from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from attempts.models import Attempt
from attempts.owners import Owner
from attempts.rules.lifecycle import IllegalTransition
from attempts.transitions.personal import sharing
from attempts.views.access import for_owner, load_current
from quizsite.clock import database_now
from quizsite.page_scripts import HtmxRequest

DAYS = [(1, "1 day"), (7, "7 days"), (30, "30 days")]


class ShareForm(forms.Form):
    """For how long a link works, and whether it shows the answers."""

    days = forms.TypedChoiceField(
        label="It works for", coerce=int, choices=DAYS, initial=7, widget=forms.RadioSelect
    )
    shows_answers = forms.BooleanField(label="Show my answers too", required=False)


class TakeBackForm(forms.Form):
    take_back = forms.IntegerField(min_value=1, max_value=2**63 - 1)


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def share(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """The address of a new link is shown once, in the reply that makes it."""
    now = database_now()
    attempt, _ = load_current(owner, pk, now)
    if not attempt.is_finished:
        raise IllegalTransition("only a result can be shared")
    if "take_back" in request.POST:
        return _take_back(request, owner, pk)
    form = ShareForm(request.POST or None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return _page(request, attempt, now, status, form=form)
    lifetime = timedelta(days=form.cleaned_data["days"])
    shows_answers = form.cleaned_data["shows_answers"]
    try:
        token = sharing.share(owner, pk, lifetime, shows_answers=shows_answers, now=now)
    except sharing.TooManyLinks:
        form.add_error(None, f"A result has at most {sharing.MOST_LINKS} links. Take one back.")
        return _page(request, attempt, now, HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
    address = request.build_absolute_uri(reverse("shared_result", args=[token]))
    made = {"address": address, "until": now + lifetime, "shows_answers": shows_answers}
    return _page(request, attempt, now, form=ShareForm(), made=made)


def _take_back(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    form = TakeBackForm(request.POST)
    if form.is_valid() and sharing.take_back(owner, pk, form.cleaned_data["take_back"]):
        messages.success(request, "The link no longer works.")
    return redirect("attempts:share", pk)


def _page(
    request: HtmxRequest,
    attempt: Attempt,
    now: datetime,
    status: HTTPStatus = HTTPStatus.OK,
    **context: object,
) -> HttpResponse:
    links = attempt.result_links.live(now)
    context = {"attempt": attempt, "links": links, **context}
    return render(request, "attempts/sharing/links.html", context, status=status)
