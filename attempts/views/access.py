"""Who may see what: an attempt belongs to its owner, and to anybody else it does not exist."""

from collections.abc import Callable
from datetime import datetime
from functools import cache, wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, Protocol
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from attempts import transitions
from attempts.models import Answer, Attempt
from attempts.models.answers.querying import AnswerQuerySet
from attempts.owners import Owner, owners_of, removal_of
from attempts.rules import lifecycle
from attempts.rules.lifecycle import IllegalTransition
from attempts.views.guests.forgotten import removed_response
from attempts.views.refused_text import refused_text_response
from attempts.views.windows import address_of
from quizsite.database.compiled_once import CompiledOnce, parameter
from quizsite.page_scripts import HtmxRequest, is_page_script

P = ParamSpec("P")


class AttemptView(Protocol[P]):
    """A view of one attempt, as Django calls it."""

    def __call__(
        self, request: HtmxRequest, pk: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse: ...


def for_owner(
    view: Callable[Concatenate[HtmxRequest, Owner, UUID, P], HttpResponse],
) -> AttemptView[P]:
    """Call `view(request, owner, pk, …)`. Anybody but the owner gets a 404.

    If the attempt was removed, its open pages are told so. A visitor who is neither a user nor a
    known guest may have been logged out: a page's script then gets a 401, and a form with a text
    gets the text back. An event that the attempt's state does not allow leads to the page where
    the attempt is now.
    """

    @wraps(view)
    def wrapped(request: HtmxRequest, pk: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        owners = owners_of(request)
        if how := removal_of(request, pk):
            return removed_response(request, how)
        if not owners:
            return _unidentified_response(request)
        for owner in owners:
            try:
                return view(request, owner, pk, *args, **kwargs)
            except (Attempt.DoesNotExist, Answer.DoesNotExist):
                continue
            except IllegalTransition:
                return go_to_attempt(request, Attempt.objects.owned_by(owner).get(pk=pk))
        if _carries_text(request):
            return refused_text_response(request, status=HTTPStatus.NOT_FOUND)
        raise Http404("you have no such attempt")

    return wrapped


def _unidentified_response(request: HtmxRequest) -> HttpResponse:
    if is_page_script(request) or _carries_text(request):
        return refused_text_response(request, status=HTTPStatus.UNAUTHORIZED)
    raise Http404("you have no such attempt")


def _carries_text(request: HtmxRequest) -> bool:
    """Whether a person has pressed a button that sends what they wrote."""
    return (
        request.method == "POST" and not is_page_script(request) and bool(request.POST.get("text"))
    )


def go_to_attempt(request: HtmxRequest, attempt: Attempt) -> HttpResponse:
    """Redirect to the room of a running attempt, or to the result of an ended one."""
    if request.htmx:
        return HttpResponseClientRedirect(address_of(request, attempt))
    return redirect(address_of(request, attempt))


def load_current(owner: Owner, pk: UUID, now: datetime, *also: str) -> tuple[Attempt, list[Answer]]:
    """The owner's attempt with its answers as of `now`. Raises Attempt.DoesNotExist.

    also: what is selected with the answers beside the attempt, version, question and topic. Writes
    only if the clock has closed something since the last request.
    """
    attempt, answers = _read(owner, pk, also)
    bell = lifecycle.bell_at(attempt.clock(answers)) if attempt.is_running else None
    if bell is not None and bell <= now:
        transitions.settle(owner, pk, now=now)
        attempt, answers = _read(owner, pk, also)
    return attempt, answers


def _read(owner: Owner, pk: UUID, also: tuple[str, ...]) -> tuple[Attempt, list[Answer]]:
    """One statement, because another request could close an answer between two statements."""
    column, value = owner.column
    answers = _answers_of(column, also).rows(attempt=pk, owner=value)
    if not answers:
        raise Attempt.DoesNotExist
    return answers[0].attempt, answers


@cache
def _answers_of(owner_column: str, also: tuple[str, ...]) -> CompiledOnce[Answer]:
    """The statement with the parameters attempt and owner."""

    def rows() -> AnswerQuerySet:
        is_owner = {f"attempt__{owner_column}": parameter("owner")}
        found = Answer.objects.filter(attempt=parameter("attempt"), **is_owner)
        found = found.select_related("attempt__practice", "version__question__topic", *also)
        return found.defer("search", "version__question__phrasings").order_by("position")

    return CompiledOnce(rows)
