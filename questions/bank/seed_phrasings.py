"""What a seed does with the phrasings of a question; its texts are judged apart from them."""

import hashlib
from collections.abc import Sequence

from questions import formats
from questions.bank.records import with_records
from questions.models import Question
from questions.rules.phrasings import Phrasings, for_points, joined, updated


def has_seeded_phrasings(question: Question, present: formats.QuestionRecord) -> bool:
    """Whether its phrasings are those that the seed wrote last. present: the question as it is."""
    return question.phrasings_hash == _hash(present.key_points, present.phrasings)


def fill_in_phrasings(question: Question, record: formats.QuestionRecord) -> None:
    """Give a new question the phrasings of the file. It is not saved."""
    if record.phrasings is not None:
        question.phrasings = with_records({}, record)
        question.phrasings_hash = _hash(record.key_points, record.phrasings)


def seed_phrasings(
    question: Question, record: formats.QuestionRecord, *, are_untouched: bool
) -> bool:
    """Bring the phrasings of a question up to date. Returns whether they changed.

    Nothing happens if the file says the same as at the last seed, or no phrasings. Untouched ones
    become those of the file. Else statements of the file are added, as `joined` says, and nothing
    is removed.
    """
    if record.phrasings is None:
        return False
    shipped = _hash(record.key_points, record.phrasings)
    if question.phrasings_hash == shipped:
        return False
    before: Phrasings = question.phrasings
    after = with_records(before, record)
    if not are_untouched:
        pairs = zip(
            for_points(before, record.key_points), for_points(after, record.key_points), strict=True
        )
        after = updated(before, record.key_points, [joined(kept, new) for kept, new in pairs])
    question.phrasings, question.phrasings_hash = after, shipped
    question.save(update_fields=["phrasings", "phrasings_hash"])
    return after != before


def _hash(key_points: Sequence[str], phrasings: formats.PhrasingRecords | None) -> str:
    content = repr((tuple(key_points), phrasings or ()))
    return hashlib.sha256(content.encode()).hexdigest()
