"""The clock of a running attempt: how it stands, more time, lost time given back."""

from datetime import timedelta

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from attempts import transitions
from attempts.forms import AnswerForm, MoreTimeForm, OutageForm
from attempts.models import Answer, Attempt
from attempts.rules.saves import Verdict
from attempts.views.access import for_owner, go_to_attempt
from attempts.views.resend import resend
from attempts.views.room import let_choose, put_back, show
from attempts.views.room_page import load_current, room_of
from quizsite.clock import database_now


@require_GET
@ensure_csrf_cookie
@for_owner
def clock(request, owner, pk):
    """For the page's script: how the clock and the questions stand."""
    now = database_now()
    attempt, answers = load_current(owner, pk, now)
    return JsonResponse(clock_face(attempt, answers, now))


def clock_face(attempt: Attempt, answers: list[Answer], now) -> dict:
    """What a page needs to set its clock by; times in milliseconds from now."""
    if not attempt.is_running:
        return {"running": False, "url": attempt.get_absolute_url()}
    shown = room_of(attempt, answers, now)
    return {
        "running": True,
        "position": shown.current.position,
        "revision": shown.current.revision,
        "left": shown.left_ms,
        "limit": shown.limit_ms,
        "closes": shown.closes_in_ms,
    }


@require_POST
@for_owner
def more_time(request, owner, pk):
    """Five more minutes. A form that carries the text in the box has it stored first.

    For htmx the box stays, and its text is left to the page, unless its question gives way.
    """
    now, form, answer = database_now(), MoreTimeForm(request.POST), AnswerForm(request.POST)
    gives_way = request.POST.get("extend") != request.POST.get("position")
    with_text = "text" in request.POST and (gives_way or not request.htmx)
    for sent in [form, answer] if with_text else [form]:
        if not sent.is_valid():
            return put_back(request, owner, pk, sent, now)
    saved = None
    if with_text:
        position = answer.cleaned_data["position"]
        saved = transitions.save(owner, pk, position, answer.sent(), now=now)
    transitions.add_time(owner, pk, form.cleaned_data["extend"], now=now)
    if saved and saved.verdict == Verdict.CONFLICT:
        return let_choose(request, owner, pk, answer, now)
    attempt, answers = load_current(owner, pk, now)
    if not request.htmx or not attempt.is_running:
        return go_to_attempt(request, attempt)
    # The box being typed in is left alone: only the clock changes, unless the question does.
    shown = room_of(attempt, answers, now)
    if str(shown.current.position) == request.POST.get("position"):
        return render(request, "attempts/_clock.html", {"room": shown})
    return show(request, shown)


@require_POST
@for_owner
def outage(request, owner, pk):
    """Give back the time in which the page could not reach the site."""
    form = OutageForm(request.POST)
    if not form.is_valid():
        return resend(request, status=400, reason="There is no such time to give back.")
    seconds = timedelta(seconds=form.cleaned_data["seconds"])
    position = form.cleaned_data["position"]
    transitions.give_back_outage(owner, pk, position, seconds, now=database_now())
    return go_to_attempt(request, Attempt.objects.owned_by(owner).get(pk=pk))
