"""How an attempt ended, and how much time it had."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from attempts.models import Answer, Attempt, FinishReason, last_opened
from attempts.rules import lifecycle
from attempts.rules.lifecycle import State


@dataclass
class EndedAttempt:
    """An ended attempt with all its answers in order, those to follow-ups too, at a given time."""

    attempt: Attempt
    answers: list[Answer]
    now: datetime

    @property
    def time_allowed(self) -> timedelta | None:
        if not self.attempt.forward_only:
            return self.attempt.limit
        limits = [answer.limit for answer in self.answers if answer.limit is not None]
        return sum(limits, timedelta()) if len(limits) == len(self.answers) else None

    @property
    def is_discarded(self) -> bool:
        return self.attempt.state == State.DISCARDED

    @property
    def was_replaced(self) -> bool:
        return self.attempt.finish_reason == FinishReason.REPLACED

    @property
    def was_overtime(self) -> bool:
        attempt = self.attempt
        return (
            attempt.has_overtime
            and attempt.deadline_at is not None
            and any(answer.text_at_deadline is not None for answer in self.answers)
        )

    @property
    def can_extend(self) -> bool:
        """Whether time ran out a moment ago, so that the page offers "5 more minutes"."""
        attempt = self.attempt
        return attempt.finish_reason == FinishReason.DEADLINE and lifecycle.may_extend(
            attempt.finished_at, self.now, overtime=attempt.has_overtime
        )

    @property
    def last_position(self) -> int:
        """The position of the question or follow-up that was open at the end."""
        return last_opened(self.answers).position
