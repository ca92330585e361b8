"""From the result page: a candidate reports a problem with a question."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from attempts.models import answer_at
from attempts.owners import Owner
from attempts.reports import writing
from attempts.reports.form import ReportForm
from attempts.views.access import for_owner, go_to_attempt, load_current
from attempts.views.results.reading import address_of_part, read_result
from attempts.views.results.rendering import result_response
from quizsite.clock import database_now
from quizsite.page_scripts import HtmxRequest

TOO_MANY = "You have sent many reports today, so this one was not sent. Try again tomorrow."


@require_POST
@for_owner
def send_report(request: HtmxRequest, owner: Owner, pk: UUID, position: int) -> HttpResponse:
    """Send a report. htmx gets the reports on the answer, anybody else the page."""
    now = database_now()
    attempt, answers = load_current(owner, pk, now)
    answer_at(answers, position)  # raises if there is no such question
    if attempt.is_running:  # its answers must not show yet
        return go_to_attempt(request, attempt)
    form = ReportForm(request.POST)
    if form.is_valid():
        try:
            writing.report(owner, pk, position, **form.cleaned_data, now=now)
        except writing.TooManyReports:
            form.add_error(None, TOO_MANY)
    if request.htmx or not form.is_valid():
        return _reports_response(request, owner, pk, position, form, now)
    return redirect(address_of_part(attempt, "report", position))


def _reports_response(
    request: HtmxRequest, owner: Owner, pk: UUID, position: int, form: ReportForm, now: datetime
) -> HttpResponse:
    """The reports on an answer. A refused form keeps what was written, beside the reason."""
    refused = not form.is_valid()
    page = read_result(owner, pk, now, refused_reports={position: form} if refused else {})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    if not request.htmx:
        return result_response(request, page, status=status)
    context = {"result": page, "row": page.written_at(position), "takes_focus": not refused}
    return render(request, "attempts/_report.html", context, status=status)
