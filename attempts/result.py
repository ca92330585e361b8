"""What the result page shows of an attempt that has ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from attempts import lifecycle, totals
from attempts.models import Answer, AtDeadline, Attempt, ClosedBy, FinishReason
from questions.models import Topic

THIRD = Decimal(1) / 3


@dataclass(frozen=True)
class KeyPoint:
    """One idea that a good answer contains, and whether this answer made it. None: not marked."""

    index: int
    text: str
    met: bool | None


@dataclass
class AnswerResult:
    """One question with its answer, as the result page takes it."""

    answer: Answer

    @property
    def opens(self) -> bool:
        """Whether the page shows it open at once: an answer that is still to be scored."""
        return not self.is_scored

    @property
    def grade(self) -> str:
        """The style of its mark: good by default."""
        if self.answer.is_answered and not self.is_scored:
            return "none"
        return "low" if self.share < THIRD else "mid" if self.share < 2 * THIRD else ""

    @property
    def points(self) -> list[KeyPoint]:
        texts, ticks = self.answer.version.key_points, self.answer.confirmed
        return [KeyPoint(i, text, ticks[i] if ticks else None) for i, text in enumerate(texts)]

    @property
    def met(self) -> int:
        return sum(bool(point.met) for point in self.points)

    @property
    def is_scored(self) -> bool:
        """Ticked, or nothing to tick: without an answer it is 0."""
        return not self.answer.is_answered or self.answer.share is not None

    @property
    def share(self) -> Decimal:
        return self.answer.share if self.answer.is_answered and self.answer.share else Decimal()

    @property
    def topic(self) -> Topic:
        return self.answer.version.question.topic

    @property
    def was_reached(self) -> bool:
        return self.answer.opened_at is not None or self.answer.time_spent > timedelta()

    @property
    def ran_out(self) -> bool:
        return self.answer.closed_by == ClosedBy.DEADLINE and self.answer.opened_at is not None

    @property
    def is_corrected_since(self) -> bool:
        """Whether the question says something else now than when it was asked."""
        return self.answer.version_id != self.answer.version.question.current_version_id

    @property
    def went_over(self) -> bool:
        """Overtime: whether the answer was changed after the bell."""
        at_bell = self.answer.text_at_deadline
        return at_bell is not None and at_bell != self.answer.text


@dataclass
class Result:
    """An ended attempt with its answers in order, at a given time."""

    attempt: Attempt
    answers: list[Answer]
    now: datetime

    @property
    def rows(self) -> list[AnswerResult]:
        return [AnswerResult(answer) for answer in self.answers]

    @property
    def answered(self) -> int:
        return sum(answer.is_answered for answer in self.answers)

    @property
    def scored(self) -> int:
        return sum(row.is_scored for row in self.rows)

    @property
    def is_provisional(self) -> bool:
        return self.scored < len(self.answers)

    @property
    def ran_out(self) -> int:
        return sum(row.ran_out for row in self.rows)

    @property
    def time_allowed(self) -> timedelta | None:
        if not self.attempt.forward_only:
            return self.attempt.limit
        limits = [answer.limit for answer in self.answers]
        return None if None in limits else sum(limits, timedelta())

    @property
    def by_topic(self) -> Mapping[str, Decimal]:
        return totals.percent_by_group((row.topic.name, row.share) for row in self.rows)

    @property
    def headline(self) -> str:
        """The result in a few words: what is left to do, or where it was strong and weak."""
        if self.attempt.score is None:
            return "Now score your answers"
        if self.is_provisional:
            return "Your score so far"
        topics = sorted(self.by_topic.items(), key=lambda item: item[1])
        (weakest, low), (strongest, high) = topics[0], topics[-1]
        if low == high:
            return "Your score"
        return f"Strongest on {strongest}, weakest on {weakest}"

    @property
    def was_overtime(self) -> bool:
        attempt = self.attempt
        return (
            attempt.at_deadline == AtDeadline.OVERTIME
            and attempt.deadline_at is not None
            and any(answer.text_at_deadline is not None for answer in self.answers)
        )

    @property
    def can_go_on(self) -> bool:
        """Whether time ran out a moment ago, so that "5 more minutes" is still on offer."""
        attempt = self.attempt
        return (
            attempt.finish_reason == FinishReason.DEADLINE
            and attempt.at_deadline == AtDeadline.HAND_IN
            and lifecycle.may_extend(attempt.finished_at, self.now)
        )

    @property
    def last_position(self) -> int:
        """The question that lay open at the end."""
        opened = [answer for answer in self.answers if answer.opened_at]
        return max(opened, key=lambda answer: answer.opened_at).position if opened else 1
