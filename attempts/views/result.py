"""The result: what was asked and written, and which key points the candidate ticks."""

from django.db.models import prefetch_related_objects
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from attempts import transitions
from attempts.forms import MarkForm
from attempts.marking.suggesting import suggest_soon, wait_until_suggested
from attempts.models import Attempt
from attempts.views.access import for_owner, go_to_attempt
from attempts.views.resend import resend
from attempts.views.result_page import Result
from attempts.views.room_page import load_current
from quizsite.clock import database_now

LOOKING_SECONDS = 3


@require_GET
@ensure_csrf_cookie
@for_owner
def review(request, owner, pk):
    now = database_now()
    attempt, _ = load_current(owner, pk, now)
    if attempt.is_running:
        return go_to_attempt(request, attempt)
    result = result_of(attempt, now)
    if result.is_waiting:
        # Better a moment later and whole, than a page that changes under somebody's hands.
        suggest_soon(result.answers)
        if wait_until_suggested(LOOKING_SECONDS):
            attempt.refresh_from_db()
            result = result_of(attempt, now)
    return render(request, "attempts/review.html", {"result": result})


def result_of(attempt: Attempt, now) -> Result:
    """With all that the page shows of it, for a template asks the database nothing."""
    prefetch_related_objects([attempt], "interview", "added_times")
    answers = attempt.answers.select_related("version__question__topic")
    return Result(attempt, list(answers.prefetch_related("kept_texts", "reports")), now)


@require_POST
@for_owner
def mark(request, owner, pk, position):
    """Set the ticks of one answer. For htmx what follows from them comes back, else the page."""
    now = database_now()
    attempt = Attempt.objects.owned_by(owner).get(pk=pk)
    answer = attempt.answers.select_related("version").get(position=position)
    form = MarkForm(request.POST, key_points=len(answer.version.key_points))
    if not form.is_valid():  # nothing is shown of it: the attempt may still be running
        return resend(request, status=400, reason="The question has no such key point.")
    transitions.mark(owner, pk, position, form.ticks(), now=now)
    if not request.htmx:
        return redirect(f"{attempt.get_absolute_url()}#answer-{position}")
    attempt.refresh_from_db()
    result = result_of(attempt, now)
    row = next(row for row in result.rows if row.answer.position == position)
    return render(request, "attempts/_after_mark.html", {"result": result, "row": row})


@require_POST
@for_owner
def confirm(request, owner, pk):
    """Take the suggestions as they are for all answers that were not marked."""
    locked = transitions.confirm(owner, pk, now=database_now())
    return redirect(f"{locked.attempt.get_absolute_url()}#score")
