"""The ways out of the room: finish, or throw the attempt away."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from attempts import transitions
from attempts.forms import AnswerForm
from attempts.marking.suggesting import suggest_soon
from attempts.rules.saves import Verdict
from attempts.views.access import for_owner, go_to_attempt
from attempts.views.room import guest_pass, let_choose, put_back
from attempts.views.room_page import load_current, room_of
from quizsite.clock import database_now


@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
@for_owner
def finish(request, owner, pk):
    """The last page before the end counts what is unanswered; from there, finish."""
    now = database_now()
    if request.POST.get("confirmed"):
        attempt = transitions.finish(owner, pk, now=now)
        suggest_soon(attempt.answers.all())
        return go_to_attempt(request, attempt)
    form = AnswerForm(request.POST)
    if request.method == "POST":
        if not form.is_valid():
            return put_back(request, owner, pk, form, now)
        saved = transitions.save(owner, pk, form.cleaned_data["position"], form.sent(), now=now)
        if saved.verdict == Verdict.CONFLICT:
            return let_choose(request, owner, pk, form, now)
    attempt, answers = load_current(owner, pk, now)
    if not attempt.is_running:
        return go_to_attempt(request, attempt)
    template = "attempts/_finish.html" if request.htmx else "attempts/finish.html"
    context = {"room": room_of(attempt, answers, now), "guest_pass": guest_pass(attempt)}
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
@for_owner
def discard(request, owner, pk):
    """Asks first, then throws the running attempt away."""
    now = database_now()
    if request.method == "POST":
        transitions.discard(owner, pk, now=now)
        return redirect("attempts:history")
    attempt, answers = load_current(owner, pk, now)
    if not attempt.is_running:
        return go_to_attempt(request, attempt)
    written = sum(answer.is_answered for answer in answers)
    return render(request, "attempts/discard.html", {"attempt": attempt, "written": written})
