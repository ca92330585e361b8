"""Leaving an attempt out of the list, and showing it there again."""

from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from attempts.forms import YesNoField
from attempts.owners import Owner
from attempts.transitions.personal.hiding import hide as store_hidden
from attempts.views.access import for_owner
from attempts.views.history.rows import hide_label
from quizsite.clock import database_now
from quizsite.page_scripts import HtmxRequest

MOST_BACK = 1_000

HIDDEN = "The attempt is hidden. The filter “Only hidden ones” lists it."
SHOWN = "The attempt is in your list again."


class HideForm(forms.Form):
    """Whether an attempt is hidden from now on. back: the query of the list's address."""

    hidden = YesNoField()
    back = forms.CharField(required=False, max_length=MOST_BACK)


@require_POST
@for_owner
def hide(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Hide an attempt that has ended, or show it again. Nothing else about it changes."""
    form = HideForm(request.POST)
    form.full_clean()
    is_hidden, back = form.cleaned_data.get("hidden"), form.cleaned_data.get("back", "")
    if is_hidden is None:
        return HttpResponse("Send hidden=1 or hidden=0.", status=HTTPStatus.BAD_REQUEST)
    attempt = store_hidden(owner, pk, is_hidden, now=database_now())
    if request.htmx:
        context = {"attempt": attempt, "label": hide_label(attempt)}
        return render(request, "attempts/history/_hidden_row.html", context)
    messages.success(request, HIDDEN if is_hidden else SHOWN)
    query = urlencode(parse_qsl(back))
    return redirect(f"{reverse('attempts:history')}?{query}")
