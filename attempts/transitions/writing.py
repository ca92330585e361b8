"""Storing the text of an answer, or keeping it aside if it does not count."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from attempts.models import Answer, Attempt, ClosedBy, KeptText
from attempts.owners import Owner
from attempts.rules.save_verdicts import GRACE, Save, Verdict, judge_save, takes_text
from attempts.transitions.autosave_sql import lock_answer, write_answer
from attempts.transitions.locked import LockedAnswer, settle_locked
from attempts.transitions.personal.searching import make_searchable
from attempts.transitions.scores import store_score, store_share
from attempts.transitions.writing_times import TIMES_FIELDS, note_new_text
from quizsite.metrics.interviews import count_save

STORED_FIELDS: tuple[str, ...] = (
    *("text", "revision", "writer", "sequence", "saved_at"),
    *TIMES_FIELDS,
)
SCORE_FIELDS = ("suggested", "evidence", "confirmed", "share", "engine", "not_english")


@dataclass(frozen=True)
class Saved:
    """What became of a text, with the rows as they are now."""

    verdict: Verdict
    answer: Answer
    attempt: Attempt
    now: datetime


@transaction.atomic
def save(
    owner: Owner | None,
    attempt_id: UUID,
    position: int,
    submitted: Save,
    *,
    now: datetime | None = None,
) -> Saved:
    """Store a text. Usually that takes two statements: lock and read, write.

    `now` defaults to the instant at which the locking statement reached PostgreSQL. This is the
    time of arrival, even if the statement had to wait for the lock.
    """
    locked = lock_answer(owner, attempt_id, position, now)
    if _something_is_due(locked):
        whole = settle_locked(locked.attempt, locked.now)
        locked = whole.locked_answer(whole.answer_at(position))
    return store_text(locked, submitted)


def _something_is_due(locked: LockedAnswer) -> bool:
    """Whether the clock may have something to write down, as far as this answer can tell."""
    if not locked.attempt.is_running or locked.attempt.untimed:
        return False
    if locked.attempt.forward_only and not locked.answer.clock().is_open:
        return True
    bell = locked.answer.bell_at
    return bell is not None and bell <= locked.now


def store_text(locked: LockedAnswer, submitted: Save) -> Saved:
    """Judge a text, and store it or keep it aside as the verdict says."""
    answer, attempt, now = locked.answer, locked.attempt, locked.now
    counts = takes_text(
        answer.clock(),
        forward_only=attempt.forward_only,
        by_clock=answer.closed_by == ClosedBy.DEADLINE,
        now=now,
    )
    verdict = judge_save(answer.stored(), submitted, counts=counts)
    count_save(verdict)
    if verdict == Verdict.ACCEPTED:
        if submitted.chosen and submitted.writer != answer.writer:
            _keep(answer, answer.text, answer.writer, KeptText.Source.OTHER, now)
        _write(locked, submitted)
    elif verdict == Verdict.ALREADY and submitted.writer == answer.writer:
        # Then an earlier save of this writer that arrives later is known to be older.
        answer.sequence = max(answer.sequence, submitted.sequence)
        answer.save(update_fields=["sequence"])
    elif verdict == Verdict.CONFLICT:
        _keep(answer, submitted.text, submitted.writer, KeptText.Source.OTHER, now)
    elif verdict == Verdict.LATE:
        _keep(answer, submitted.text, submitted.writer, KeptText.Source.LATE, now)
    return Saved(verdict, answer, attempt, now)


def _write(locked: LockedAnswer, submitted: Save) -> None:
    """Store the text. Suggestion, ticks, share and shown words of the old text are removed.

    What a follow-up's text had added to the share of its question goes with it.
    """
    answer, attempt = locked.answer, locked.attempt
    answer.text, answer.revision = submitted.text, answer.revision + 1
    answer.writer, answer.sequence = submitted.writer, submitted.sequence
    answer.saved_at = locked.now
    note_new_text(answer, locked.now)
    fields = STORED_FIELDS
    if submitted.at_bell and answer.text_at_deadline is not None and _just_rung(locked):
        answer.text_at_deadline = submitted.text
        fields += ("text_at_deadline",)
    had_marks = answer.share is not None or answer.confirmed is not None or bool(answer.engine)
    if had_marks:
        answer.suggested = answer.evidence = answer.confirmed = answer.share = None
        answer.engine, answer.not_english = "", False
        fields += SCORE_FIELDS
        answer.said_here.all().delete()
    write_answer(answer, fields)
    if had_marks and answer.is_follow_up:
        store_share(attempt.answers.all(), changed=answer)
    if not attempt.is_running:
        make_searchable([attempt])
    if attempt.is_finished:
        store_score(attempt, attempt.answers.all(), changed=answer)


def _just_rung(locked: LockedAnswer) -> bool:
    bell = locked.answer.bell_at
    return bell is not None and bell <= locked.now <= bell + GRACE


def _keep(answer: Answer, text: str, writer: str, source: KeptText.Source, now: datetime) -> None:
    """Add a text that does not count to the kept ones, unless it is there already.

    If it continues the same writer's last kept text, it replaces that one.
    """
    kept_texts = answer.kept_texts
    if not text.strip() or kept_texts.filter(text=text).exists():
        return
    last = kept_texts.filter(writer=writer, source=source).last()
    if last and text.startswith(last.text):
        last.text, last.kept_at = text, now
        last.save(update_fields=["text", "kept_at"])
    else:
        kept_texts.create(text=text, writer=writer, source=source, kept_at=now)
