"""How the time of each answer went. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from statistics import median


class Event(StrEnum):
    """What happened to the time of a question, in the words of the page."""

    NOT_REACHED = "not reached"
    RAN_OUT = "time ran out"
    SKIPPED = "skipped"
    NOT_ANSWERED = "left empty"
    EXTENDED = "extended"
    OVERTIME = "changed in overtime"
    LATE = "text came late"


@dataclass(frozen=True)
class Pace:
    """The time of one answer. allowed: None without a limit of its own.

    first_word_after: from when the question was shown; longest_pause: between two words; None if
    not known, as for an empty answer.
    """

    used: timedelta
    allowed: timedelta | None
    first_word_after: timedelta | None
    longest_pause: timedelta | None
    events: tuple[Event, ...]


@dataclass(frozen=True)
class PaceSummary:
    """first_word_after: the middle one of the answers of which it is known. longest_pause: of all.
    known: how many those are."""

    known: int
    first_word_after: timedelta | None
    longest_pause: timedelta | None
    counts: dict[Event, int]


def summary(paces: Iterable[Pace]) -> PaceSummary:
    """counts: how many answers each event happened to, in the order of Event."""
    paces = list(paces)
    first = [each.first_word_after for each in paces if each.first_word_after is not None]
    pauses = [each.longest_pause for each in paces if each.longest_pause is not None]
    counts = {event: sum(event in each.events for each in paces) for event in Event}
    return PaceSummary(
        known=len(first),
        first_word_after=timedelta(seconds=median(t.total_seconds() for t in first))
        if first
        else None,
        longest_pause=max(pauses, default=None),
        counts={event: count for event, count in counts.items() if count},
    )


def events_of(
    *,
    was_reached: bool,
    is_answered: bool,
    ran_out: bool,
    was_skipped: bool,
    was_extended: bool,
    was_changed_in_overtime: bool,
    has_late_text: bool,
) -> tuple[Event, ...]:
    """What happened to one question; of what left it without an answer, only the first."""
    if not was_reached:
        ended = Event.NOT_REACHED
    elif ran_out:
        ended = Event.RAN_OUT
    else:
        ended = Event.SKIPPED if was_skipped else Event.NOT_ANSWERED
    happened = {
        ended: not is_answered or ended == Event.RAN_OUT,
        Event.EXTENDED: was_extended,
        Event.OVERTIME: was_changed_in_overtime,
        Event.LATE: has_late_text,
    }
    return tuple(event for event in Event if happened.get(event))
