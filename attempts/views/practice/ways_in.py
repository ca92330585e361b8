"""The page of all ways into practice: what is due, what was missed, each topic."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attempts.models import Practice
from attempts.owners import owner_of
from attempts.practice.choosing import MOST_QUESTIONS
from attempts.practice.counting import TopicToPractise, WaysIn, ways_in
from attempts.preferences import interview_on, usual_pace
from attempts.views.room_page import running_page
from quizsite.clock import database_now

WITHDRAWN = "withdrawn"
"""Why nothing is asked: the questions are not published any more."""

REASONS = {*Practice.Source.values, WITHDRAWN}
"""Why this page is shown instead of a question: the way in that had nothing."""

MINUTES = 10
"""How long a short practice takes, by the clocks of its questions."""


@dataclass(frozen=True)
class NextBest:
    """What to practise instead. topic: None unless it is a topic."""

    source: str
    topic: TopicToPractise | None = None


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """All ways in, each with how many questions it has.

    ?nothing=due: also says that nothing is due, and what to do instead; so for the other ways in.
    """
    owner, usual = owner_of(request), usual_pace(request)
    ways = ways_in(owner, database_now(), interview_on(request))
    nothing = _reason(request.GET.get("nothing", ""), ways)
    context = {
        "ways": ways,
        "nothing": nothing,
        "next_best": next_best(ways, nothing),
        "running": running_page(owner),
        "has_clock": usual is None or usual.time_factor is not None,
        "most": MOST_QUESTIONS,
        "minutes": MINUTES,
    }
    return render(request, "attempts/practice/choose.html", context)


def _reason(given: str, ways: WaysIn) -> str:
    """Why there was nothing, if that is still so; else ""."""
    has_some = {Practice.Source.DUE.value: ways.due, Practice.Source.MISSED.value: ways.missed}
    return given if given in REASONS and not has_some.get(given) else ""


def next_best(ways: WaysIn, nothing: str) -> NextBest | None:
    """The first of these that has questions: due, missed, the topic with most that are new."""
    if ways.due and nothing != Practice.Source.DUE:
        return NextBest(Practice.Source.DUE.value)
    if ways.missed and nothing != Practice.Source.MISSED:
        return NextBest(Practice.Source.MISSED.value)
    if not ways.topics:
        return None
    return NextBest(Practice.Source.TOPIC.value, max(ways.topics, key=lambda t: t.not_tried))
