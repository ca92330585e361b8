"""From the result: a candidate says that a question is wrong."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from attempts.models import Answer
from attempts.reports import writing
from attempts.reports.form import ReportForm
from attempts.views.access import for_owner, go_to_attempt
from attempts.views.result import result_of
from attempts.views.result_page import AnswerResult
from attempts.views.room_page import load_current
from quizsite.clock import database_now


@require_POST
@for_owner
def report(request, owner, pk, position):
    """Send a report. For htmx the part of the page comes back, else the page."""
    now = database_now()
    attempt, answers = load_current(owner, pk, now)
    answer = next((answer for answer in answers if answer.position == position), None)
    if answer is None:
        raise Answer.DoesNotExist
    if attempt.is_running:  # nothing is shown of it
        return go_to_attempt(request, attempt)
    form = ReportForm(request.POST)
    if form.is_valid():
        try:
            writing.report(owner, pk, position, **form.cleaned_data, now=now)
        except writing.TooMany:
            said = "You have sent many reports today. This one is not sent: try again tomorrow."
            form.add_error(None, said)
    refused = None if form.is_valid() else form
    if request.htmx or refused:
        return _show(request, attempt, answer, refused, now)
    return redirect(f"{attempt.get_absolute_url()}#report-{position}")


def _show(request, attempt, answer, refused, now):
    """The reports on an answer; a refused form keeps what was written, the reason beside it."""
    context = {"result": result_of(attempt, now), "refused": refused, "refused_at": answer.position}
    status = 422 if refused else 200
    if not request.htmx:
        return render(request, "attempts/review.html", context, status=status)
    context["row"] = AnswerResult(answer)
    return render(request, "attempts/_report.html", context, status=status)
