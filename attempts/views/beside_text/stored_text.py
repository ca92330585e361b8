"""Storing the text in the box before what is said beside it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django import forms
from django.http import HttpResponse

from attempts import transitions
from attempts.forms import AnswerForm
from attempts.owners import Owner
from attempts.rules.save_verdicts import Verdict
from attempts.views.room_responses import conflict_response, invalid_form_response
from quizsite.page_scripts import HtmxRequest


def store_text_and(
    request: HtmxRequest,
    owner: Owner,
    pk: UUID,
    form: forms.Form,
    now: datetime,
    change: Callable[[], object],
) -> HttpResponse | None:
    """Call `change`. Without htmx the text in the box is stored first, because the page goes.

    form: of the change. Returns the response where a form is not valid, or where somebody has to
    choose between two texts; else None.
    """
    answer_form = AnswerForm(request.POST)
    for submitted in [form] if request.htmx else [form, answer_form]:
        if not submitted.is_valid():
            return invalid_form_response(request, owner, pk, submitted, now)
    if request.htmx:
        change()
        return None
    position = answer_form.cleaned_data["position"]
    saved = transitions.save(owner, pk, position, answer_form.sent(), now=now)
    change()
    if saved.verdict == Verdict.CONFLICT:
        return conflict_response(request, owner, pk, answer_form, now)
    return None
