"""Rows of the bank as records of a bank file."""

from collections.abc import Sequence
from typing import Any

from questions import formats
from questions.formats.fields.statements import any_of
from questions.models import LIST_FIELDS, TEXT_FIELDS, Interview, Question, Slot, Timing
from questions.rules import phrasings
from questions.rules.limits import MAX_DIFFICULTY
from questions.rules.texts import normal_text

ANY_DIFFICULTY = {"difficulty": (1, MAX_DIFFICULTY)}


def question_record(question: Question) -> formats.QuestionRecord:
    """A question as a bank file has it; without a version, its texts are empty."""
    version = question.current_version
    texts: dict[str, Any] = dict.fromkeys(TEXT_FIELDS, "") | dict.fromkeys(LIST_FIELDS, ())
    if version:
        texts |= {field: getattr(version, field) for field in TEXT_FIELDS}
        texts |= {field: tuple(getattr(version, field)) for field in LIST_FIELDS}
    return formats.QuestionRecord(
        uid=question.uid,
        slug=question.slug,
        topic=question.topic.slug,
        difficulty=question.difficulty,
        seconds=question.seconds,
        **texts,
        phrasings=phrasing_records(question.phrasings, texts["key_points"]),
    )


def phrasing_records(
    kept: phrasings.Phrasings, key_points: Sequence[str]
) -> formats.PhrasingRecords:
    """The phrasings of key points, of those that a question keeps."""
    return any_of(
        formats.PhrasingRecord(tuple(phrasing["accept"]), tuple(phrasing["reject"]))
        for phrasing in phrasings.for_points(kept, key_points)
    )


def with_records(
    kept: phrasings.Phrasings, record: formats.QuestionRecord
) -> dict[str, phrasings.Phrasing]:
    """What a question keeps once its phrasings are those of a record."""
    if record.phrasings is None:
        return dict(kept)
    records = [*record.phrasings, *[formats.PhrasingRecord()] * len(record.key_points)]
    new = [
        phrasings.Phrasing(accept=list(r.also_said_as), reject=list(r.not_to_be_confused_with))
        for r in records[: len(record.key_points)]
    ]
    return phrasings.updated(kept, record.key_points, new)


def stored_interview(interview: Interview) -> formats.StoredInterview:
    """An interview as an export has it. Its slots, questions and topics may be prefetched."""
    record = interview_record(interview)
    uids = [slot.question.uid if slot.question else None for slot in _slots_of(interview)]
    slots = tuple(
        # A fixed question is asked whatever its difficulty.
        formats.StoredSlot(**{**vars(slot), "uid": uid, **(ANY_DIFFICULTY if uid else {})})
        for slot, uid in zip(record.slots, uids, strict=True)
    )
    own = {
        # As files are read, so that what is read again is the same.
        "name": " ".join(record.name.split()),
        "description": normal_text(record.description),
        "seconds": record.seconds if record.timing == Timing.TOTAL else None,
        "slots": slots,
        "is_active": interview.is_active,
    }
    return formats.StoredInterview(**{**vars(record), **own})


def _slots_of(interview: Interview) -> Sequence[Slot]:
    """In one statement, or in none if they are prefetched."""
    if "slots" in getattr(interview, "_prefetched_objects_cache", {}):
        return list(interview.slots.all())
    return list(interview.slots.select_related("question", "topic"))


def interview_record(interview: Interview) -> formats.InterviewRecord:
    """An interview as a bank file has it."""
    return formats.InterviewRecord(
        slug=interview.slug,
        name=interview.name,
        description=interview.description,
        timing=interview.timing,
        seconds=interview.seconds,
        think_seconds=interview.think_seconds,
        follow_ups=interview.follow_ups,
        follow_up_seconds=interview.follow_up_seconds,
        slots=tuple(
            formats.SlotRecord(
                question=slot.question.slug if slot.question else None,
                topic=slot.topic.slug if slot.topic else None,
                difficulty=(slot.difficulty_from, slot.difficulty_to),
                count=slot.count,
                seconds=slot.seconds,
            )
            for slot in _slots_of(interview)
        ),
    )
