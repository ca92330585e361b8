"""What a save is worth: whether its text is stored, kept aside, or stored already. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from attempts.rules.lifecycle import QuestionClock

GRACE = timedelta(seconds=15)
"""How late a text that left the browser in time may arrive and still count."""


class Verdict(StrEnum):
    ACCEPTED = "accepted"  # stored, revision + 1
    ALREADY = "already"  # stored before: a repeat, an older save, or the same text
    CONFLICT = "conflict"  # another writer saved meanwhile: both texts are kept, a person chooses
    LATE = "late"  # after time, or after the question was left: kept, not counted
    NOT_EMPTIED = "not-emptied"  # an automatic save never empties an answer


@dataclass(frozen=True)
class Stored:
    """What the server has of an answer. writer and sequence: of its last accepted save."""

    text: str
    revision: int
    writer: str
    sequence: int


@dataclass(frozen=True)
class Save:
    """What a page sends: a text and where it comes from.

    revision: of the answer that the text started from. writer: one for each page load. sequence:
    counts that writer's saves. automatic: nobody pressed a button for it. chosen: the candidate
    has seen the other text and wants this one. at_bell: the text in the box when time was up.
    """

    text: str
    revision: int
    writer: str
    sequence: int
    automatic: bool = False
    chosen: bool = False
    at_bell: bool = False


def takes_text(
    question: QuestionClock, *, forward_only: bool, by_clock: bool, now: datetime
) -> bool:
    """Whether a text that arrives now counts: while open, and within the grace of the bell.

    by_clock: the bell closed the question, not a person. With per-question timing nobody can
    write before the question is opened.
    """
    if forward_only and question.opened_at is None:
        return False
    return question.closed_at is None or (by_clock and now <= question.closed_at + GRACE)


def judge_save(stored: Stored, save: Save, *, counts: bool) -> Verdict:
    """What becomes of a save. `counts` says whether the answer still takes text (takes_text)."""
    if save.text == stored.text:
        return Verdict.ALREADY
    same_writer = save.writer != "" and save.writer == stored.writer
    if same_writer and save.sequence < stored.sequence:
        return Verdict.ALREADY
    if save.automatic and not save.text.strip() and stored.text.strip():
        return Verdict.NOT_EMPTIED
    if not counts:
        return Verdict.LATE
    if save.revision == stored.revision or same_writer or save.chosen or not stored.text.strip():
        return Verdict.ACCEPTED
    return Verdict.CONFLICT
