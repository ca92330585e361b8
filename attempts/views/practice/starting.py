"""Starting a practice from any way in, and going on to its next question."""

from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from attempts.models import Attempt, Practice
from attempts.owners import Owner, owner_of, owner_or_new_guest, owners_of
from attempts.practice import choosing
from attempts.practice.form import PracticeForm
from attempts.practice.titles import title_of
from attempts.preferences import interview_on, usual_pace
from attempts.transitions.personal import practising
from attempts.transitions.starting import Pace
from attempts.views.access import load_current
from attempts.views.in_progress import say_what_runs
from attempts.views.practice.ways_in import WITHDRAWN
from quizsite.clock import database_now

Source = Practice.Source


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask the first question of a new practice.

    Leads to the attempt that runs already, if there is one; where there is nothing to practise,
    to the page of all ways in, which says so. So does the address alone, as after a reload. 404
    for a result of somebody else; 429 if there were too many practices today.
    """
    if request.method != "POST":
        return redirect("practice:choose")
    form, now = PracticeForm(request.POST), database_now()
    if not form.is_valid():
        return _nothing(WITHDRAWN if "question" in form.errors else "")
    source = Source(form.cleaned_data["source"])
    title, question_ids = _chosen(request, source, form, now)
    if not question_ids:
        return _nothing(source.value)
    try:
        attempt = practising.start_practice(
            owner_or_new_guest(request),
            source,
            title,
            choosing.shortened(question_ids, form.cleaned_data["minutes"]),
            _pace(request, form.cleaned_data["clock"]),
            now=now,
        )
    except practising.TooMany:
        return _too_many(request)
    if attempt is None:
        return _nothing(WITHDRAWN)
    if attempt.practice is None or attempt.practice.title != title:
        say_what_runs(request, attempt)
    return redirect(attempt)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_next(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the next question of a practice. After the last one, its page of feedback again.

    The address alone leads to all ways in.
    """
    if request.method != "POST":
        return redirect("practice:choose")
    now = database_now()
    for owner in owners_of(request):
        try:
            attempt = practising.ask_next(owner, pk, usual_pace(request), now=now)
        except Practice.DoesNotExist:
            continue
        if attempt is None:
            return _after_the_last(owner, pk)
        if attempt.practice_id != pk:
            say_what_runs(request, attempt)
        return redirect(attempt)
    raise Http404("you have no such practice")


def _after_the_last(owner: Owner, pk: UUID) -> HttpResponse:
    """Where the attempt of its last question is; the ways in if its questions were withdrawn."""
    asked = Attempt.objects.owned_by(owner).filter(practice=pk)
    last = asked.order_by("-started_at", "-number").first()
    return _nothing(WITHDRAWN) if last is None else redirect(last)


def _chosen(
    request: HttpRequest, source: Source, form: PracticeForm, now: datetime
) -> tuple[str, list[int]]:
    """The title of a practice, and the ids of all questions that it could ask."""
    data, owner = form.cleaned_data, owner_of(request)
    if source == Source.DUE:
        return title_of(source), choosing.due(owner, now, interview_on(request))
    if source == Source.MISSED:
        return title_of(source), choosing.missed(owner)
    if source == Source.TOPIC:
        return title_of(source, data["topic"].name), choosing.of_topic(owner, data["topic"].pk)
    if source == Source.QUESTION:
        return title_of(source, data["question"].title), [data["question"].pk]
    return _weak_ones(request, data["attempt"], now)


def _weak_ones(request: HttpRequest, pk: UUID, now: datetime) -> tuple[str, list[int]]:
    for owner in owners_of(request):
        try:
            attempt, answers = load_current(owner, pk, now)
        except Attempt.DoesNotExist:
            continue
        weak = choosing.weak_ones(attempt, answers)
        return title_of(Source.RESULT, attempt.interview_title), weak
    raise Http404("you have no such attempt")


def _pace(request: HttpRequest, clock: str) -> Pace:
    """As they usually have it; clock: "1" with a limit, "0" without one."""
    pace = usual_pace(request) or Pace()
    if clock == "0":
        return replace(pace, time_factor=None)
    if clock == "1" and pace.time_factor is None:
        return replace(pace, time_factor=Pace.time_factor)
    return pace


def _nothing(reason: str) -> HttpResponse:
    address = reverse("practice:choose")
    return redirect(f"{address}?nothing={reason}" if reason else address)


def _too_many(request: HttpRequest) -> HttpResponse:
    most = {"most": practising.MOST_A_DAY}
    status = HTTPStatus.TOO_MANY_REQUESTS
    return render(request, "attempts/practice/too_many.html", most, status=status)
