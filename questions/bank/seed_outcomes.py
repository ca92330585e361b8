"""What a seed does with a row, by the hash of what it last wrote there."""

import hashlib
from dataclasses import astuple
from enum import StrEnum

from questions import formats
from questions.rules.texts import OPTIONAL_FIELDS

Record = formats.TopicRecord | formats.QuestionRecord | formats.InterviewRecord

COVERED = (
    *("uid", "slug", "topic", "difficulty", "seconds", "prompt", "answer", "how_to_answer"),
    *("example_answer", "key_points"),
)
"""What the hash of a question covers, with OPTIONAL_FIELDS where it has any."""
NO_FOLLOW_UPS = (formats.InterviewRecord.follow_ups, formats.InterviewRecord.follow_up_seconds)


class Outcome(StrEnum):
    """What a seed does with a row, to be read after "3 questions"."""

    ADDED = "added"
    ADDED_AS_DRAFT = "added as draft, because a published question asks the same"
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
    if not isinstance(present, formats.QuestionRecord):
        return False
    said = tuple(map(astuple, present.phrasings)) if present.phrasings else present.phrasings
    return seed_hash == _digest((*_content(present), said))


def _content(record: Record) -> tuple[object, ...]:
    """What makes a row another one: of a question, all but its phrasings.

    Rows without what came later have the hashes that they had before it came.
    """
    if isinstance(record, formats.QuestionRecord):
        content = tuple(getattr(record, name) for name in COVERED)
        added = tuple(getattr(record, name) for name in OPTIONAL_FIELDS)
        return content + added if any(added) else content
    values = astuple(record)
    if isinstance(record, formats.InterviewRecord) and values[-2:] == NO_FOLLOW_UPS:
        return values[:-2]
    return values


def _digest(content: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()
