"""The days on which questions are due, as a file for the calendar of whoever asks."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from attempts.models import Schedule
from attempts.owners import Owner, owner_of
from attempts.preferences import interview_on
from attempts.rules.recall.days_left import DaysLeft, days_left
from attempts.views.home.calendar_file import Reminder, calendar_file
from questions.rules.numbers import counted
from quizsite.clock import database_now


@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    """Each day with its number of questions, and the day of the interview. Without any of them
    there is no file, and the home page says so.
    """
    owner, now = owner_of(request), database_now()
    day = interview_on(request) if owner else None
    mine = Schedule.objects.owned_by(owner).published()
    left = days_left(mine.by_day(day, now), day, now)
    if owner is None or not (left.due or left.interview_on):
        messages.info(request, "There is nothing to be reminded of yet.")
        return redirect("home")
    home = request.build_absolute_uri(reverse("home"))
    return HttpResponse(
        calendar_file(_reminders(owner, left, home), now),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="interview-practice.ics"'},
    )


def _reminders(owner: Owner, left: DaysLeft, home: str) -> Iterator[Reminder]:
    for day, count in left.due.items():
        summary = f"Interview practice: {counted(count, 'question')} due"
        yield Reminder(_uid(owner, f"due-{day}"), day, summary, home)
    if left.interview_on:
        yield Reminder(_uid(owner, "interview"), left.interview_on, "Your interview", home)


def _uid(owner: Owner, what: str) -> str:
    """Nobody can tell the owner from it."""
    name, value = owner.column
    return salted_hmac("reminders", f"{name}={value} {what}", algorithm="sha256").hexdigest()
