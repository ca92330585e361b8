"""What a seed does with a row, by the hash of what it last wrote there."""

import hashlib
from dataclasses import astuple, fields
from enum import StrEnum

from questions import formats

Record = formats.TopicRecord | formats.QuestionRecord | formats.InterviewRecord

COVERED = [f.name for f in fields(formats.QuestionRecord) if f.name != "phrasings"]
"""What the hash of a question covers."""


class Outcome(StrEnum):
    """What a seed does with a row, to be read after "3 question(s)"."""

    ADDED = "added"
    ADDED_AS_DRAFT = "added as drafts, because a published question asks the same"
    UPDATED = "updated"
    KEPT = "kept as edited"
    KEPT_WITH_PHRASINGS = "kept as edited, with new phrasings"
    HELD_BACK = "not updated, because another published question asks the same"
    UNCHANGED = "unchanged"


NEW = (Outcome.ADDED, Outcome.ADDED_AS_DRAFT)
WRITTEN = (*NEW, Outcome.UPDATED)
WITH_PHRASINGS = {
    Outcome.UNCHANGED: Outcome.UPDATED,
    Outcome.KEPT: Outcome.KEPT_WITH_PHRASINGS,
}
"""What becomes of an outcome of the texts if the phrasings changed."""
LOGGED = (*WRITTEN, Outcome.KEPT_WITH_PHRASINGS)


def outcome_for(wanted: Record, present: Record | None, seed_hash: str) -> Outcome:
    """present: the row as it is now, if there is one; seed_hash: of what the seed wrote last."""
    if present is None:
        return Outcome.ADDED
    if _content(present) == _content(wanted):
        return Outcome.UNCHANGED
    is_untouched = seed_hash == hash_of(present) or has_hash_with_phrasings(present, seed_hash)
    return Outcome.UPDATED if is_untouched else Outcome.KEPT


def hash_of(record: Record) -> str:
    return _digest(_content(record))


def has_hash_with_phrasings(present: Record, seed_hash: str) -> bool:
    """Whether the seed wrote all of this while hashes of questions covered phrasings too."""
    return seed_hash == _digest(astuple(present))


def _content(record: Record) -> tuple[object, ...]:
    """What makes a row another one: of a question, all but its phrasings."""
    if isinstance(record, formats.QuestionRecord):
        return tuple(getattr(record, name) for name in COVERED)
    return astuple(record)


def _digest(content: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()
