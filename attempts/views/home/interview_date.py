"""Setting and removing the day of somebody's interview."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from attempts.owners import owner_of
from attempts.preferences import remember_interview_on
from attempts.views.home.form import InterviewDateForm
from attempts.views.home.today import home_page
from quizsite.clock import database_now


@require_POST
def interview_date(request: HttpRequest) -> HttpResponse:
    """Remember the day, or remove it. 422 with the home page if it is no day to come.

    Nothing is remembered of a visitor who has started nothing.
    """
    owner = owner_of(request)
    if owner is None:
        return redirect("home")
    if "remove" in request.POST:
        remember_interview_on(request, None)
        return redirect("home")
    now = database_now()
    form = InterviewDateForm(request.POST, now=now)
    if not form.is_valid():
        return home_page(request, owner, now, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    remember_interview_on(request, form.cleaned_data["interview_on"])
    return redirect("home")
