"""What a candidate does with the questions: write, submit, skip, move, flag."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from attempts.models import Answer, Attempt, ClosedBy, FinishReason, KeptText
from attempts.owners import Owner
from attempts.rules import lifecycle
from attempts.rules.lifecycle import Event, Save, Verdict
from attempts.transitions.autosave_sql import lock_answer, write_answer
from attempts.transitions.locked import (
    LockedAttempt,
    apply_clocks,
    bring_up_to_date,
    end,
    lock,
    rescore,
    store_deadline,
    time_between,
)

STORED_FIELDS = ["text", "revision", "writer", "sequence", "saved_at"]


@dataclass(frozen=True)
class Saved:
    """What became of a text, with the rows as they are now."""

    verdict: Verdict
    answer: Answer
    attempt: Attempt
    now: datetime


@transaction.atomic
def save(owner: Owner, attempt_id, position: int, sent: Save, *, now: datetime | None = None):
    """Store a text. Two statements where all is well: lock and read, write.

    `now` defaults to the instant at which the locking statement reached Postgres, which is the
    time of arrival even where it had to wait for the lock.
    """
    answer = lock_answer(owner, attempt_id, position)
    now = now or answer.arrived_at
    if _nothing_is_due(answer, now):
        return _store(LockedAttempt(answer.attempt, [answer], now), answer, sent)
    locked = bring_up_to_date(answer.attempt, now)
    return _store(locked, locked.answer_at(position), sent)


def _nothing_is_due(answer: Answer, now: datetime) -> bool:
    """Whether the clock leaves the attempt as it is, as far as this answer can tell."""
    attempt = answer.attempt
    if not attempt.is_running or attempt.deadline_at is None:
        return True
    if not attempt.forward_only:
        return now < attempt.deadline_at
    question = answer.clock()
    return question.is_open and now < question.opened_at + question.limit


def _store(locked: LockedAttempt, answer: Answer, sent: Save) -> Saved:
    """Judge a text and do with it what the verdict says. The attempt is locked."""
    attempt, now = locked.attempt, locked.now
    by_clock = answer.closed_by == ClosedBy.DEADLINE
    counts = lifecycle.takes_text(
        answer.clock(), forward_only=attempt.forward_only, by_clock=by_clock, now=now
    )
    verdict = lifecycle.judge_save(answer.stored(), sent, counts=counts)
    if verdict == Verdict.ACCEPTED:
        if sent.chosen and sent.writer != answer.writer:
            _keep(answer, answer.text, answer.writer, KeptText.Source.OTHER, now)
        _write(locked, answer, sent)
    elif verdict == Verdict.ALREADY and sent.writer == answer.writer:
        # What its writer sent before this is older than the stored text, though it come later.
        answer.sequence = max(answer.sequence, sent.sequence)
        answer.save(update_fields=["sequence"])
    elif verdict == Verdict.CONFLICT:
        _keep(answer, sent.text, sent.writer, KeptText.Source.OTHER, now)
    elif verdict == Verdict.LATE:
        _keep(answer, sent.text, sent.writer, KeptText.Source.LATE, now)
    return Saved(verdict, answer, attempt, now)


def _write(locked: LockedAttempt, answer: Answer, sent: Save) -> None:
    answer.text, answer.revision = sent.text, answer.revision + 1
    answer.writer, answer.sequence, answer.saved_at = sent.writer, sent.sequence, locked.now
    fields = list(STORED_FIELDS)
    if sent.at_bell and answer.text_at_deadline is not None and _just_rung(locked, answer):
        answer.text_at_deadline = sent.text
        fields.append("text_at_deadline")
    if answer.share is not None or answer.engine:  # they were of the old text
        answer.suggested = answer.evidence = answer.confirmed = answer.share = None
        answer.engine = ""
        fields += ["suggested", "evidence", "confirmed", "share", "engine"]
    write_answer(answer, fields)
    if locked.attempt.is_finished:
        locked.answers = list(locked.attempt.answers.all())
        rescore(locked)
        locked.attempt.save(update_fields=["score"])


def _just_rung(locked: LockedAttempt, answer: Answer) -> bool:
    bell = locked.bell_of(answer)
    return bell is not None and bell <= locked.now <= bell + lifecycle.GRACE


def _keep(answer: Answer, text: str, writer: str, source: str, now: datetime) -> None:
    """Put a text that does not count among the kept ones, once.

    One that only goes on from the same writer's last kept text takes its place.
    """
    kept = answer.kept_texts
    if not text.strip() or kept.filter(text=text).exists():
        return
    last = kept.filter(writer=writer, source=source).last()
    if last and text.startswith(last.text):
        last.text, last.kept_at = text, now
        last.save(update_fields=["text", "kept_at"])
    else:
        kept.create(text=text, writer=writer, source=source, kept_at=now)


@transaction.atomic
def submit(owner: Owner, attempt_id, position: int, sent: Save, *, now: datetime) -> Saved:
    """Store the text and go on to the next question; the last one of a clock each ends it."""
    return _store_and_leave(owner, attempt_id, position, sent, ClosedBy.SUBMITTED, now)


@transaction.atomic
def skip(owner: Owner, attempt_id, position: int, sent: Save, *, now: datetime) -> Saved:
    """Go on without answering; what stands in the box is kept as the answer all the same."""
    return _store_and_leave(owner, attempt_id, position, sent, ClosedBy.SKIPPED, now)


def _store_and_leave(owner, attempt_id, position, sent, closed_by, now) -> Saved:
    locked = lock(owner, attempt_id, now)
    answer = locked.answer_at(position)
    saved = _store(locked, answer, sent)
    if saved.verdict == Verdict.CONFLICT or locked.current is not answer:
        return saved  # the person chooses first, or this question was left before
    if locked.attempt.forward_only:
        index = locked.answers.index(answer)
        questions = lifecycle.close_question(
            locked.attempt.clock(locked.answers).questions, index, now
        )
        apply_clocks(locked, questions, closed_by.value)
        if locked.current is None:
            end(locked, Event.FINISH, now, FinishReason.SUBMITTED)
        else:
            store_deadline(locked)
    elif following := locked.after(answer):
        _visit(locked, following)
    return saved


@transaction.atomic
def move(owner: Owner, attempt_id, position: int, sent: Save, to: int, *, now: datetime) -> Saved:
    """Store the text and open question `to`. Raises IllegalTransition where one can't choose."""
    locked = lock(owner, attempt_id, now)
    saved = _store(locked, locked.answer_at(position), sent)
    if not locked.attempt.is_running or saved.verdict == Verdict.CONFLICT:
        return saved
    if locked.attempt.forward_only:
        raise lifecycle.IllegalTransition("this interview goes forward only")
    _visit(locked, locked.answer_at(to))
    return saved


@transaction.atomic
def visit(owner: Owner, attempt_id, to: int, *, now: datetime) -> LockedAttempt:
    """Open question `to`. Raises IllegalTransition where one can't choose."""
    locked = lock(owner, attempt_id, now)
    lifecycle.next_state(locked.attempt.state, Event.SAVE)
    if locked.attempt.forward_only:
        raise lifecycle.IllegalTransition("this interview goes forward only")
    _visit(locked, locked.answer_at(to))
    return locked


def _visit(locked: LockedAttempt, answer: Answer) -> None:
    """One clock for all: leave the open question for another one."""
    left = locked.current
    if left is answer:
        return
    if left is not None:
        left.time_spent += time_between(left.opened_at, locked.now)
        left.opened_at = None
        left.save(update_fields=["time_spent", "opened_at"])
    answer.opened_at = locked.now
    answer.save(update_fields=["opened_at"])


@transaction.atomic
def flag(owner: Owner, attempt_id, position: int, flagged: bool, *, now: datetime) -> LockedAttempt:
    """Mark a question to come back to, or unmark it; only while the attempt runs."""
    locked = lock(owner, attempt_id, now)
    lifecycle.next_state(locked.attempt.state, Event.SAVE)
    answer = locked.answer_at(position)
    answer.flagged = flagged
    answer.save(update_fields=["flagged"])
    return locked
