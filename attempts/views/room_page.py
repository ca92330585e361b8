"""What the interview room shows: a running attempt at a given time, and the way in."""

import math
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from attempts import transitions
from attempts.models import Answer, Attempt, ClosedBy
from attempts.owners import Owner
from attempts.rules import lifecycle
from quizsite.clock import database_now


def milliseconds(span: timedelta) -> int:
    """Rounded up, so that a page never thinks time is up before the server does."""
    return math.ceil(span / timedelta(milliseconds=1))


@dataclass(frozen=True)
class Mark:
    """One question in the navigator."""

    position: int
    is_current: bool
    is_answered: bool
    is_flagged: bool
    is_closed: bool

    @property
    def words(self) -> str:
        state = "answered" if self.is_answered else "not answered"
        return f"Question {self.position}, {state}{', flagged' if self.is_flagged else ''}"


@dataclass
class Room:
    """The open question, the clock and the way through, as the templates and scripts need them.

    current: the question open, or another one that the page still shows.
    text: what stands in the box: the stored answer, or what was just sent and not stored.
    other: the stored text where it is not what was sent, and the candidate has to choose.
    revision: of the stored answer that the text in the box started from.
    """

    attempt: Attempt
    answers: list[Answer]
    now: datetime
    current: Answer
    text: str = ""
    other: str | None = None
    error: str = ""
    revision: int = 0
    writer: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def version(self):
        return self.current.version

    @property
    def total(self) -> int:
        return len(self.answers)

    @property
    def is_last(self) -> bool:
        return self.current is self.answers[-1]

    @property
    def marks(self) -> list[Mark]:
        return [
            Mark(a.position, a is self.current, a.is_answered, a.flagged, a.closed_at is not None)
            for a in self.answers
        ]

    @property
    def answered(self) -> int:
        return sum(answer.is_answered for answer in self.answers)

    @property
    def unanswered(self) -> int:
        return self.total - self.answered

    @property
    def flagged(self) -> int:
        return sum(answer.flagged for answer in self.answers)

    @property
    def left(self) -> timedelta | None:
        """Until the bell; negative in overtime; None without a clock."""
        bell = lifecycle.bell_at(self.attempt.clock(self.answers))
        return None if bell is None else bell - self.now

    @property
    def left_ms(self) -> int | None:
        return None if self.left is None else milliseconds(self.left)

    @property
    def limit_ms(self) -> int | None:
        limit = self.current.limit if self.attempt.forward_only else self.attempt.limit
        return None if limit is None else milliseconds(limit)

    @property
    def is_overtime(self) -> bool:
        return self.left is not None and self.left <= timedelta()

    @property
    def closes_in_ms(self) -> int | None:
        """Until the clock closes the question or the whole: the bell, or the end of overtime."""
        end = lifecycle.closes_at(self.attempt.clock(self.answers))
        return None if end is None else milliseconds(end - self.now)

    @property
    def thinking(self) -> timedelta:
        """What is left of the thinking time before this answer (a clock each only)."""
        if not (self.attempt.forward_only and self.attempt.think_seconds and self.current.limit):
            return timedelta()
        thinking = lifecycle.scaled(self.attempt.think_seconds, self.attempt.time_factor)
        return max(timedelta(), self.current.opened_at + thinking - self.now)

    @property
    def think_ms(self) -> int:
        return milliseconds(self.thinking)

    @property
    def extends_now(self) -> bool:
        """Whether "5 more minutes" is on offer at this moment."""
        return self._may_extend(lifecycle.bell_at(self.attempt.clock(self.answers)))

    def _may_extend(self, bell: datetime | None) -> bool:
        return lifecycle.may_extend(bell, self.now, overtime=self.attempt.has_overtime)

    @property
    def just_closed(self) -> Answer | None:
        """The question whose time ran out a moment ago, and can have more."""
        if not self.attempt.forward_only:
            return None
        closed = [a for a in self.answers if a.closed_by == ClosedBy.DEADLINE]
        return closed[-1] if closed and self._may_extend(closed[-1].closed_at) else None


def room_of(attempt: Attempt, answers: list[Answer], now: datetime, **shown) -> Room:
    """The room of a running attempt with the question that lies open, unless told otherwise."""
    current = shown.pop("current", None) or next(a for a in answers if a.clock().is_open)
    return Room(
        attempt,
        answers,
        now,
        current,
        **{"text": current.text, "revision": current.revision, **shown},
    )


def load_current(owner: Owner, pk, now: datetime) -> tuple[Attempt, list[Answer]]:
    """The owner's attempt with its answers as of `now`. Writes only if the clock did something."""
    attempt, answers = _read(owner, pk)
    bell = lifecycle.bell_at(attempt.clock(answers)) if attempt.is_running else None
    if bell is not None and bell <= now:
        transitions.settle(owner, pk, now=now)
        attempt, answers = _read(owner, pk)
    return attempt, answers


def _read(owner, pk) -> tuple[Attempt, list[Answer]]:
    """In one statement: between two, another request may close what the first one saw open."""
    rows = Answer.objects.filter(owner.condition("attempt__"), attempt=pk)
    answers = list(rows.select_related("attempt", "version__question__topic").order_by("position"))
    if not answers:
        raise Attempt.DoesNotExist
    return answers[0].attempt, answers


def running_room(owner: Owner | None) -> Room | None:
    """What the owner has in progress, brought up to now; the clock is read only if there is any."""
    running = Attempt.objects.owned_by(owner).running().first()
    if running is None:
        return None
    now = database_now()
    attempt, answers = load_current(owner, running.pk, now)
    return room_of(attempt, answers, now) if attempt.is_running else None
