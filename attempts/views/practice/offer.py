"""After a practised question: a follow-up on offer, before the feedback shows its points."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from attempts import transitions
from attempts.models import Answer, Attempt
from attempts.owners import Owner
from attempts.rules.lifecycle import IllegalTransition
from attempts.views.access import for_owner, go_to_attempt
from attempts.views.in_progress import say_what_runs
from attempts.views.room_page import running_page
from quizsite.clock import database_now
from quizsite.page_scripts import HtmxRequest


def offering(attempt: Attempt, answers: list[Answer]) -> bool:
    """Whether the page of this attempt that has ended is an offer, and not its feedback yet."""
    return not attempt.is_running and any(a.offered_point is not None for a in answers)


def offer_response(request: HtmxRequest, attempt: Attempt, owner: Owner) -> HttpResponse:
    """Says that there is a follow-up, and not what it asks."""
    context = {"attempt": attempt, "running": running_page(owner)}
    return render(request, "attempts/practice/offer.html", context)


@require_POST
@for_owner
def take(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Ask the follow-up. Where another attempt runs, it is that one, and the offer stays."""
    try:
        attempt = transitions.take_offer(owner, pk, now=database_now())
    except IllegalTransition:
        running = running_page(owner)
        if running is None:
            raise
        say_what_runs(request, running.attempt)
        return redirect(running.attempt)
    return go_to_attempt(request, attempt)


@require_POST
@for_owner
def decline(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Go to the feedback."""
    return go_to_attempt(request, transitions.decline_offer(owner, pk, now=database_now()))
