"""The home page: what to do now, and the interviews to choose from."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attempts.models import Attempt
from attempts.owners import Owner, owner_of
from attempts.preferences import interview_on
from attempts.rules.recall.due import to_come
from attempts.views.home.form import InterviewDateForm
from attempts.views.home.interviews import Choice, interview_choices, sections, shortest
from attempts.views.home.progress import Progress, progress_of
from attempts.views.own_interviews.saved import saved_interviews
from attempts.views.room_page import running_page
from quizsite.clock import database_now


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To a stranger: one interview to start with. To others: what is due, weak, and to come."""
    owner = owner_of(request)
    if owner is None:
        choices = interview_choices()
        return _render(request, {"sections": sections(choices), "suggested": shortest(choices)})
    return home_page(request, owner, database_now())


def home_page(
    request: HttpRequest,
    owner: Owner,
    now: datetime,
    form: InterviewDateForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """form: with the errors of the day that was sent."""
    running = running_page(owner, now)  # first, because its time may turn out to be up
    day, choices = interview_on(request), interview_choices()
    progress = progress_of(owner, day, now)
    context: dict[str, object] = {
        "running": running,
        "sections": sections(choices),
        "saved": [] if running else saved_interviews(owner),  # none of them can start now
        "progress": progress,
        "suggested": None if running else _suggested(owner, progress, choices),
        "interview_on": day,
        "is_over": day is not None and to_come(day, now) is None,
        "form": form or InterviewDateForm(day=day, now=now),
    }
    return _render(request, context, status)


def _suggested(owner: Owner, progress: Progress | None, choices: Sequence[Choice]) -> Choice | None:
    """The interview to begin with; to somebody who has nothing to practise, one that is new."""
    if progress is None:
        return shortest(choices)
    if progress.practice:
        return None
    finished = Attempt.objects.owned_by(owner).finished()
    taken = set(finished.order_by().values_list("interview", flat=True).distinct())
    new = (choice for choice in choices if choice.interview.pk not in taken)
    return next(new, shortest(choices))


def _render(
    request: HttpRequest, context: dict[str, object], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    return render(request, "attempts/home/home.html", context, status=status)
