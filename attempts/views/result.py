"""The result: what was asked and written, and which key points the candidate ticks."""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from attempts import transitions
from attempts.forms import MarkForm, SaidHereForm
from attempts.marking.queue.waiting import wait_for_suggestions
from attempts.models import answer_at, question_of
from attempts.owners import Owner
from attempts.rules.totals import Made
from attempts.views.access import for_owner, go_to_attempt, load_current
from attempts.views.practice.offer import offer_response, offering
from attempts.views.refused_text import refused_text_response
from attempts.views.results.reading import address_of_part, read_result
from attempts.views.results.rendering import result_context, result_response
from attempts.views.results.result_page import ResultPage
from attempts.views.windows import ELSEWHERE
from questions.rules.numbers import small_number
from quizsite.clock import database_now
from quizsite.page_scripts import HtmxRequest

WAIT_SECONDS = 0.3
"""How long the page waits for the last suggestions, so that it need not change while somebody reads
it. Half of the answers are read in a third of that, while nobody else's wait."""
JUST_ENDED = timedelta(seconds=10)

NOT_SHOWN = "These words are not in your answer as it is stored, or the point is not ticked."


@require_safe
@ensure_csrf_cookie
@for_owner
def review(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """The result of an attempt that has ended."""
    now = database_now()
    shows_all = request.GET.get("show") == "all"
    opens = small_number(request.GET.get("open"), default=0)
    page = read_result(owner, pk, now, shows_all=shows_all, opens=opens)
    if offering(page.attempt, page.answers):
        return offer_response(request, page.attempt, owner)
    if page.is_waiting and _may_be_read_soon(page) and wait_for_suggestions(pk, WAIT_SECONDS):
        page = read_result(owner, pk, now, shows_all=shows_all, opens=opens)
    is_elsewhere = request.GET.get("ended") == ELSEWHERE
    return result_response(request, page, is_elsewhere=is_elsewhere)


def _may_be_read_soon(page: ResultPage) -> bool:
    ended_at = page.attempt.finished_at
    return not page.is_read_later and ended_at is not None and page.now - ended_at < JUST_ENDED


@require_safe
@for_owner
def waiting(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """For the page's script: the positions of the answers that still wait for an engine."""
    attempt, answers = load_current(owner, pk, now := database_now())
    return JsonResponse({"waiting": ResultPage(attempt, answers, now).score.waiting})


@require_POST
@for_owner
def mark(request: HtmxRequest, owner: Owner, pk: UUID, position: int) -> HttpResponse:
    """Set the ticks of one answer. htmx gets what follows from them, anybody else the page."""
    now = database_now()
    attempt, answers = load_current(owner, pk, now)
    asked = question_of(answer_at(answers, position), answers)
    form = MarkForm(request.POST, key_points=len(asked.answer.version.key_points))
    if not form.is_valid():  # no page of the attempt, because it may still be running
        return _no_such_point(request)
    before = asked.how_made
    transitions.mark(owner, pk, position, form.ticks(), form.when_asked(), now=now)
    if not request.htmx:
        return redirect(address_of_part(attempt, "marks", position))
    page = read_result(owner, pk, now)
    row = page.row_at(position)
    context = result_context(
        request,
        page,
        row=row,
        changed=_changed(before, [point.made for point in row.points]),
        takes_focus="confirmed" in request.POST,
    )
    return render(request, "attempts/_after_mark.html", context)


def _no_such_point(request: HtmxRequest) -> HttpResponse:
    reason = "The question has no such key point."
    return refused_text_response(request, status=HTTPStatus.BAD_REQUEST, reason=reason)


def _changed(before: Sequence[Made] | None, after: Sequence[Made]) -> list[int]:
    """The indexes of the points that are made otherwise now."""
    return [i for i, how in enumerate(after) if how != (before[i] if before else Made.MISSED)]


@require_POST
@for_owner
def say_here(
    request: HtmxRequest, owner: Owner, pk: UUID, position: int, point: int
) -> HttpResponse:
    """Set the ticks, and which words make one of the points. Ticks stay where words are refused.

    position: of the answer with the words, to a question or to a follow-up.
    """
    now = database_now()
    attempt, answers = load_current(owner, pk, now)
    if not attempt.is_finished:  # a running one must not show its points yet
        return go_to_attempt(request, attempt)
    question = question_of(answer_at(answers, position), answers).answer
    key_points = question.version.key_points
    marks = MarkForm(request.POST, key_points=len(key_points))
    if not marks.is_valid() or point >= len(key_points):
        return _no_such_point(request)
    form, at = SaidHereForm(request.POST), question.position
    ticks, asked = marks.ticks(), marks.when_asked()
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            transitions.say_here(owner, pk, position, ticks, point, words, asked, now=now)
        except transitions.NotShown:
            form.add_error("words", NOT_SHOWN)
    if not form.is_valid():
        transitions.mark(owner, pk, at, ticks, asked, now=now)
    elif not request.htmx:
        return redirect(address_of_part(attempt, "marks", at))
    reason = " ".join(map(str, form.errors.get("words", ())))
    page = read_result(owner, pk, now, refused_words={at: (point, reason)} if reason else {})
    return _said_response(request, page, at, point)


def _said_response(
    request: HtmxRequest, page: ResultPage, position: int, point: int
) -> HttpResponse:
    """What follows from the words, or why they were refused, beside the point."""
    refused = page.refused_words
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    if not request.htmx:
        return result_response(request, page, status=status)
    row = page.row_at(position)
    context = result_context(request, page, row=row, point=row.points[point], takes_focus=True)
    template = "attempts/_said.html" if refused else "attempts/_after_said.html"
    return render(request, template, context, status=status)


@require_POST
@for_owner
def confirm(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Accept the suggestions for all answers that the candidate has not checked."""
    locked = transitions.confirm(owner, pk, now=database_now())
    return redirect(f"{locked.attempt.get_absolute_url()}#score")
