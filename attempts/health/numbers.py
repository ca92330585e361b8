"""The five numbers of the site's health in plain words, and what to do when one is bad. Pure."""

from dataclasses import dataclass
from datetime import timedelta

from attempts.health.figures import MOST, Figures

LATE_SWEEP = timedelta(minutes=2)
"""The sweep comes every 15 seconds, and a round of it may take a while."""
LATE_SUGGESTIONS = timedelta(minutes=5)
FEW = 20
"""So many texts are kept aside within an hour where nothing is wrong."""
FULL = 0.8
"""Of the connections that the database takes."""


@dataclass(frozen=True)
class Number:
    """value: the number. name: of what. detail: more, or "". advice: "" while all is well."""

    value: str
    name: str
    detail: str
    advice: str


def numbers(figures: Figures) -> list[Number]:
    return [_live(figures), _overdue(figures), _waiting(figures), _kept(figures), _links(figures)]


def _live(figures: Figures) -> Number:
    return Number(_count(figures.live), "Attempts with a running clock", "", "")


def _overdue(figures: Figures) -> Number:
    advice = (
        "The sweep is behind, or it does not run: see whether finish_overdue --every 15 is up, and "
        "what it logs. No answer is lost; results come when it runs again."
    )
    return Number(
        _count(figures.overdue),
        "Attempts past their time that nobody has ended",
        _for_how_long(figures.overdue, figures.overdue_for),
        advice if figures.overdue_for > LATE_SWEEP else "",
    )


def _waiting(figures: Figures) -> Number:
    advice = (
        "Answers are read too slowly, or not at all: see whether the process that makes "
        "suggestions is up, and what it logs. Candidates can tick their key points meanwhile."
    )
    return Number(
        _count(figures.waiting),
        "Answers that wait for a suggestion",
        _for_how_long(figures.waiting, figures.waiting_for),
        advice if figures.waiting_for > LATE_SUGGESTIONS else "",
    )


def _kept(figures: Figures) -> Number:
    both = figures.late + figures.conflicts
    advice = (
        "Many texts come late when the site or a network is slow: look at how long requests take. "
        "Each text is kept with its answer."
    )
    return Number(
        _count(both),
        "Texts kept aside in the last hour",
        f"{figures.late:,} too late, {figures.conflicts:,} from another window" if both else "",
        advice if both > FEW + figures.live // 10 else "",
    )


def _links(figures: Figures) -> Number:
    advice = (
        "Soon the database takes no more: lower DATABASE_POOL_MAX, run fewer processes, or put "
        "PgBouncer in between."
    )
    return Number(
        _count(figures.connections),
        "Connections to the database",
        f"of {figures.most_connections:,} that it takes",
        advice if figures.connections > FULL * figures.most_connections else "",
    )


def _count(number: int) -> str:
    return f"{MOST:,} or more" if number == MOST else f"{number:,}"


def _for_how_long(number: int, span: timedelta) -> str:
    if not number:
        return ""
    seconds = int(span.total_seconds())
    if seconds < 120:
        return f"the first for {seconds} s"
    minutes = seconds // 60
    return f"the first for {minutes} min" if minutes < 120 else f"the first for {minutes // 60} h"
