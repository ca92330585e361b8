"""The locked: an attempt with its answers, locked, and brought up to `now`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from attempts.models import Answer, Attempt, ClosedBy, FinishReason, answer_at
from attempts.rules import lifecycle, totals
from attempts.rules.lifecycle import Event


@dataclass
class LockedAttempt:
    """A locked attempt, all its answers in order, and the instant of the request."""

    attempt: Attempt
    answers: list[Answer]
    now: datetime

    def answer_at(self, position: int) -> Answer:
        """Raises Answer.DoesNotExist if the attempt has no such position."""
        return answer_at(self.answers, position)

    @property
    def current(self) -> Answer | None:
        """The question that lies open; None when the attempt has ended."""
        return next((answer for answer in self.answers if answer.clock().is_open), None)

    def bell_of(self, answer: Answer) -> datetime | None:
        """When time is or was up for an answer, by its own clock or by that of the whole."""
        if not self.attempt.forward_only:
            return self.attempt.deadline_at
        if answer.opened_at is None or answer.limit is None:
            return None
        return answer.opened_at + answer.limit

    def after(self, answer: Answer) -> Answer | None:
        return next((a for a in self.answers if a.position > answer.position), None)


def lock(owner, attempt_id, now: datetime) -> LockedAttempt:
    """Lock an attempt of the owner's until the transaction ends, and let its clock run to `now`.

    Call inside a transaction. Raises Attempt.DoesNotExist.
    """
    attempt = Attempt.objects.owned_by(owner).select_for_update().get(pk=attempt_id)
    return bring_up_to_date(attempt, now)


def bring_up_to_date(attempt: Attempt, now: datetime) -> LockedAttempt:
    """Everything the clock has done to a locked attempt up to `now`, written down."""
    locked = LockedAttempt(attempt, list(attempt.answers.all()), now)
    if not attempt.is_running:
        return locked
    clock = attempt.clock(locked.answers)
    advanced = lifecycle.advance(clock, now)
    apply_clocks(locked, advanced.questions)
    if attempt.has_overtime:
        _ring(locked)
    if advanced.ended_at is not None:
        end(locked, Event.DEADLINE, advanced.ended_at, FinishReason.DEADLINE)
    elif attempt.forward_only and advanced.questions != clock.questions:
        store_deadline(locked)
    return locked


def apply_clocks(
    locked: LockedAttempt, questions, closed_by: str = ClosedBy.DEADLINE.value
) -> None:
    """Write down what became of the questions' clocks; `closed_by` is for those that closed."""
    for answer, question in zip(locked.answers, questions, strict=True):
        if question == answer.clock():
            continue
        closes = question.closed_at is not None and answer.closed_at is None
        answer.limit, answer.opened_at, answer.closed_at = (
            question.limit,
            question.opened_at,
            question.closed_at,
        )
        answer.closed_by = closed_by if closes else answer.closed_by if question.closed_at else ""
        if closes:
            answer.time_spent = time_between(question.opened_at, question.closed_at)
        elif question.opened_at is None:
            answer.time_spent = timedelta()
        answer.save(update_fields=["limit", "opened_at", "closed_at", "closed_by", "time_spent"])


def _ring(locked: LockedAttempt) -> None:
    """Overtime: keep what stood in each answer when its bell rang."""
    bell = lifecycle.bell_at(locked.attempt.clock(locked.answers))
    rung = bell is not None and bell <= locked.now
    for answer in locked.answers:
        due = answer.closed_by == ClosedBy.DEADLINE or (
            rung and (not locked.attempt.forward_only or answer.clock().is_open)
        )
        if due and answer.text_at_deadline is None:
            answer.text_at_deadline = answer.text
            answer.save(update_fields=["text_at_deadline"])


def store_deadline(locked: LockedAttempt) -> None:
    """Rewrite the stored deadline from the terms it follows from."""
    locked.attempt.deadline_at = lifecycle.deadline_at(locked.attempt.clock(locked.answers))
    locked.attempt.save(update_fields=["deadline_at"])


def end(locked: LockedAttempt, event: Event, at: datetime, reason: str) -> None:
    """End the attempt as of `at`: close what is open, score what can be scored."""
    attempt = locked.attempt
    attempt.state = lifecycle.next_state(attempt.state, event).value
    close_answers(locked, at, ClosedBy.DEADLINE if event == Event.DEADLINE else ClosedBy.FINISH)
    attempt.finished_at, attempt.finish_reason = at, reason
    rescore(locked)
    attempt.save(update_fields=["state", "finished_at", "finish_reason", "score"])


def throw_away(locked: LockedAttempt, reason: str = "") -> None:
    """End a running attempt without a score. Its texts stay readable for the owner."""
    attempt = locked.attempt
    attempt.state = lifecycle.next_state(attempt.state, Event.DISCARD).value
    close_answers(locked, locked.now, ClosedBy.FINISH)
    attempt.finished_at, attempt.finish_reason = locked.now, reason
    attempt.save(update_fields=["state", "finished_at", "finish_reason"])


def close_answers(locked: LockedAttempt, at: datetime, closed_by: ClosedBy) -> None:
    """Close every answer that is not closed yet, opened or not."""
    for answer in locked.answers:
        if answer.closed_at is not None:
            continue
        if answer.opened_at is not None:
            answer.time_spent += time_between(answer.opened_at, at)
        answer.closed_at, answer.closed_by = at, closed_by.value
        answer.save(update_fields=["time_spent", "closed_at", "closed_by"])


def time_between(opened_at: datetime, left_at: datetime) -> timedelta:
    """Never negative: of two requests at once the one that came later may be served first."""
    return max(left_at - opened_at, timedelta())


def rescore(locked: LockedAttempt) -> None:
    """Set the attempt's score as its answers have it now (not saved)."""
    locked.attempt.score = totals.score([(a.is_answered, a.share) for a in locked.answers])
