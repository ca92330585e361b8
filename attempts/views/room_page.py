"""What the interview room shows: a running attempt at a given time."""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from attempts.models import Answer, Attempt, ClosedBy
from attempts.owners import Owner
from attempts.rules import lifecycle
from attempts.views.access import load_current
from attempts.views.windows import new_name
from questions.models import QuestionVersion
from quizsite.clock import database_now
from quizsite.database.compiled_once import CompiledOnce, parameter


def milliseconds(span: timedelta) -> int:
    """Rounded up, so that a page never thinks time is up before the server does."""
    return math.ceil(span / timedelta(milliseconds=1))


@dataclass(frozen=True)
class NavigatorItem:
    """One question in the navigator."""

    position: int
    number: int
    is_current: bool
    is_answered: bool
    is_flagged: bool
    is_closed: bool

    @property
    def label(self) -> str:
        state = "answered" if self.is_answered else "not answered"
        return f"Question {self.number}, {state}{', flagged' if self.is_flagged else ''}"


@dataclass
class RoomPage:
    """The shown question, the clock and the navigator, as the templates and scripts need them.

    current: the open question, or another one that the page still shows.
    text: what is in the box: the stored answer, or a submitted text that was not stored.
    other: the stored text, if it differs from `text` and the candidate has to choose.
    error: why the submitted text was not stored.
    revision: of the stored answer that the text in the box started from.
    writer, window: the names of this page, and of its window where no script knows a better one.
    """

    attempt: Attempt
    answers: list[Answer]
    now: datetime
    current: Answer
    text: str
    revision: int
    other: str | None = None
    error: str = ""
    writer: str = field(default_factory=new_name)
    window: str = field(default_factory=new_name)

    @property
    def version(self) -> QuestionVersion:
        return self.current.version

    @property
    def questions(self) -> list[Answer]:
        """The answers to questions, without those to follow-ups."""
        return [answer for answer in self.answers if not answer.is_follow_up]

    @property
    def total(self) -> int:
        return len(self.questions)

    @property
    def number(self) -> int:
        """Which question it is: of the attempt; of its practice, which asks one in each attempt."""
        return self.attempt.number if self.attempt.is_practice else self.current.number

    @property
    def number_of_all(self) -> int:
        """How many questions the attempt has, or its practice."""
        practice = self.attempt.practice
        return self.total if practice is None else len(practice.question_ids)

    @property
    def navigator(self) -> list[NavigatorItem]:
        return [
            NavigatorItem(
                position=answer.position,
                number=answer.number,
                is_current=answer.number == self.current.number,
                is_answered=answer.is_answered,
                is_flagged=any(each.flagged for each in self.answers if each.number == number),
                is_closed=answer.closed_at is not None,
            )
            for number, answer in enumerate(self.questions, start=1)
        ]

    @property
    def answered(self) -> int:
        return sum(answer.is_answered for answer in self.questions)

    @property
    def unanswered(self) -> int:
        return self.total - self.answered

    @property
    def flagged(self) -> int:
        return sum(item.is_flagged for item in self.navigator)

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
        """Until the clock closes what is open: at the bell, or at the end of overtime."""
        end = lifecycle.closes_at(self.attempt.clock(self.answers))
        return None if end is None else milliseconds(end - self.now)

    @property
    def thinking(self) -> timedelta:
        """What is left of the thinking time before this answer (per-question timing only).

        There is none before a follow-up.
        """
        attempt, current = self.attempt, self.current
        has_thinking_time = attempt.forward_only and attempt.think_seconds and current.limit
        if not has_thinking_time or current.is_follow_up or current.opened_at is None:
            return timedelta()
        thinking = lifecycle.scaled(attempt.think_seconds, attempt.time_factor)
        return max(timedelta(), current.opened_at + thinking - self.now)

    @property
    def think_ms(self) -> int:
        return milliseconds(self.thinking)

    @property
    def can_extend(self) -> bool:
        """Whether the page offers "5 more minutes" for what is open."""
        return self._may_extend(lifecycle.bell_at(self.attempt.clock(self.answers)))

    def _may_extend(self, bell: datetime | None) -> bool:
        return lifecycle.may_extend(bell, self.now, overtime=self.attempt.has_overtime)

    @property
    def just_closed(self) -> Answer | None:
        """The answer before, if its time ran out a moment ago and it can still have more."""
        place = self.answers.index(self.current)
        if not self.attempt.forward_only or place == 0:
            return None
        before = self.answers[place - 1]
        ran_out = before.closed_by == ClosedBy.DEADLINE
        return before if ran_out and self._may_extend(before.closed_at) else None


def room_page(attempt: Attempt, answers: list[Answer], now: datetime) -> RoomPage:
    """The room of a running attempt, with its open question."""
    current = next(answer for answer in answers if answer.clock().is_open)
    return RoomPage(attempt, answers, now, current, current.text, current.revision)


def running_page(owner: Owner | None, now: datetime | None = None) -> RoomPage | None:
    """The attempt that the owner has in progress. now: None to read the clock if there is one."""
    if owner is None:
        return None
    column, value = owner.column
    running = _running(column).rows(owner=value)
    if not running:
        return None
    now = now or database_now()
    attempt, answers = load_current(owner, running[0].pk, now)
    return room_page(attempt, answers, now) if attempt.is_running else None


@cache
def _running(owner_column: str) -> CompiledOnce[Attempt]:
    """The owner's running attempt; an owner has at most one. Its parameter is the owner."""
    is_owner = {owner_column: parameter("owner")}
    return CompiledOnce(lambda: Attempt.objects.filter(**is_owner).running())
