"""Which questions a list shows, in which order, and how many there are of each step. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from attempts.rules.recall.due import day_after
from attempts.rules.recall.steps import WEAK_BELOW, Step


class State(StrEnum):
    """What a question is to somebody, as the list can be narrowed to it."""

    ANY = ""
    DUE = "due"
    WEAK = "weak"
    BOOKMARKED = "bookmarked"
    NEVER_ASKED = "never-asked"
    NOT_TRIED = "not-tried"
    STARTED = "started"
    SOLID = "solid"
    STRONG = "strong"


class Sort(StrEnum):
    DUE = ""
    TOPIC = "topic"
    SHARE = "share"


STATE_OF = {
    Step.NOT_TRIED: State.NOT_TRIED,
    Step.STARTED: State.STARTED,
    Step.SOLID: State.SOLID,
    Step.STRONG: State.STRONG,
}


@dataclass(frozen=True)
class Listed:
    """One question as it is to somebody.

    place: its place in the bank, by topic. shown_version: the id of the version whose prompt one
    may see; None: the prompt is hidden. due_at: None without a scored answer, and where it is not
    due again before the interview. is_chosen: whether one chose to see the prompt of this one.
    """

    pk: int
    topic_id: int
    topic: str
    level: int
    place: tuple[int, str, int, int, int]
    is_published: bool = True
    is_asked: bool = False
    shown_version: int | None = None
    is_chosen: bool = False
    step: Step = Step.NOT_TRIED
    share: Decimal | None = None
    due_at: datetime | None = None
    is_bookmarked: bool = False
    has_note: bool = False

    def has(self, state: State, now: datetime) -> bool:
        if state == State.DUE:
            return self.is_published and self.due_at is not None and self.due_at < day_after(now)
        if state == State.WEAK:
            return self.share is not None and self.share < WEAK_BELOW
        if state == State.BOOKMARKED:
            return self.is_bookmarked
        if state == State.NEVER_ASKED:
            return not self.is_asked
        return state in (State.ANY, STATE_OF[self.step])


@dataclass(frozen=True)
class Filter:
    """matching: the ids that a search found; None: no search. topic_id, level: None: any."""

    matching: Collection[int] | None = None
    topic_id: int | None = None
    level: int | None = None
    state: State = State.ANY


def chosen(rows: Iterable[Listed], wanted: Filter, now: datetime) -> list[Listed]:
    """The questions that have everything that is wanted."""
    return [
        row
        for row in rows
        if (wanted.matching is None or row.pk in wanted.matching)
        and wanted.topic_id in (None, row.topic_id)
        and wanted.level in (None, row.level)
        and row.has(wanted.state, now)
    ]


def ordered(rows: Iterable[Listed], sort: Sort) -> list[Listed]:
    """By topic, as the bank has them; before that, what is due first, or the lowest last share.

    What is not scheduled, or has no share, comes last. What is not published is never due.
    """
    by_topic = sorted(rows, key=lambda row: row.place)
    if sort == Sort.DUE:
        far = max((row.due_at.timestamp() for row in by_topic if row.due_at), default=0.0) + 1
        return sorted(
            by_topic,
            key=lambda row: row.due_at.timestamp() if row.due_at and row.is_published else far,
        )
    if sort == Sort.SHARE:
        return sorted(by_topic, key=lambda row: 2 if row.share is None else row.share)
    return by_topic


def steps_of(rows: Sequence[Listed]) -> Mapping[Step, int]:
    """How many questions each step has, from the first step to the last."""
    counts = Counter(row.step for row in rows)
    return {step: counts[step] for step in Step}
