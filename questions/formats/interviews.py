"""The interviews of YAML and JSON files: those that the seed reads, and those of an export.

An export also says whether candidates see the interview, and the uid of each fixed question.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from typing import TypeVar

from questions.formats import fields
from questions.formats.documents import entries_of
from questions.formats.fields import texts
from questions.formats.fields.entries import Entry, EntryError, entries_at
from questions.formats.records import (
    FormatError,
    InterviewItem,
    InterviewRecord,
    Mistake,
    SlotRecord,
    StoredInterview,
    StoredSlot,
    WrongValue,
)
from questions.rules.limits import (
    MAX_COUNT,
    MAX_DIFFICULTY,
    MAX_FOLLOW_UPS,
    MAX_INTERVIEW_NAME,
    MAX_QUESTION_SLUG,
    MAX_SECONDS,
    MAX_SLUG,
    MAX_THINK_SECONDS,
)

S = TypeVar("S", bound=SlotRecord)

seconds = fields.whole_number(1, MAX_SECONDS)
LATER = ("follow_ups", "follow_up_seconds")
"""What interviews did not say at first."""
FOLLOW_UPS_WITH_ONE_CLOCK = Mistake(
    "follow_ups", "need per-question timing", "Write 0, or another timing."
)
question_slug = fields.slug(MAX_QUESTION_SLUG)


def read_interview(entry: Entry) -> InterviewRecord:
    """An interview as the seed reads it. Raises FormatError."""
    slots = entry.required("slots", list, lambda value: _slots(entry.place, value, _slot))
    return replace(_without_slots(entry), slots=slots)


def read_exchanged(entries: Iterable[dict[str, object]]) -> tuple[InterviewItem, ...]:
    """The interviews of a file that somebody wants to import, with the first mistake of each."""
    items = [_item(entry) for entry in entries_at("interviews", entries)]
    times = Counter(item.record.slug for item in items if item.record)
    twice = Mistake("slug", "is that of another interview in the file", "Keep one of the two.")
    return tuple(
        InterviewItem(item.place, item.name, None, (twice,))
        if item.record and times[item.record.slug] > 1
        else item
        for item in items
    )


def entry_of(interview: StoredInterview) -> dict[str, object]:
    """An interview as a file has it: what `read_exchanged` reads."""
    slots = [_slot_entry(slot) for slot in interview.slots]
    return {**asdict(interview), "slots": slots}


def _slot_entry(slot: StoredSlot) -> dict[str, object]:
    if slot.question or slot.uid:
        entry = {"question": slot.question, "uid": str(slot.uid), "seconds": slot.seconds}
        return {name: value for name, value in entry.items() if value is not None}
    rule = {"difficulty": list(slot.difficulty), "count": slot.count, "seconds": slot.seconds}
    return {name: v for name, v in {"topic": slot.topic, **rule}.items() if v is not None}


def _item(entry: Entry) -> InterviewItem:
    name = " ".join(str(entry.values.get("name") or entry.values.get("slug") or "").split())[:80]
    try:
        slots = _stored_slots(entry)
        is_active = entry.optional("is_active", bool, _bool, None)
        own = {"slots": slots, "is_active": is_active}
        record = StoredInterview(**{**vars(_without_slots(entry)), **own})
    except EntryError as error:
        inside = error.place.removeprefix(entry.place).strip(", ")
        mistake = error.mistake
        column = f"{inside}: {mistake.column}" if inside else mistake.column
        return InterviewItem(entry.place, name, None, (Mistake(column, mistake.what, mistake.fix),))
    except FormatError as error:
        return InterviewItem(entry.place, name, None, (Mistake("slots", str(error), ""),))
    unsaid = frozenset(field for field in LATER if entry.values.get(field) is None)
    return InterviewItem(entry.place, name, record, unsaid=unsaid)


def _stored_slots(entry: Entry) -> tuple[StoredSlot, ...]:
    """They must be there, but a bank may have an interview without any yet."""
    if entry.values.get("slots") == []:
        return ()
    return entry.required("slots", list, lambda value: _slots(entry.place, value, _stored_slot))


def _bool(value: object) -> bool:
    return bool(value)


def _without_slots(entry: Entry) -> InterviewRecord:
    """All but the slots, and what else the caller has read before."""
    entry.read.add("slots")
    record = InterviewRecord(
        slug=entry.required("slug", str, fields.slug(MAX_SLUG)),
        name=entry.required("name", str, fields.name(MAX_INTERVIEW_NAME)),
        description=entry.optional("description", str, texts.text, ""),
        timing=entry.required("timing", str, fields.one_of(["total", "per_question"])),
        seconds=entry.optional("seconds", int, seconds, None),
        think_seconds=entry.optional(
            "think_seconds", int, fields.whole_number(0, MAX_THINK_SECONDS), 0
        ),
        slots=(),
        follow_ups=entry.optional("follow_ups", int, fields.whole_number(0, MAX_FOLLOW_UPS), 0),
        follow_up_seconds=entry.optional(
            "follow_up_seconds", int, seconds, InterviewRecord.follow_up_seconds
        ),
    )
    entry.refuse_unread()
    if record.follow_ups and record.timing == "total":
        raise EntryError(entry.place, FOLLOW_UPS_WITH_ONE_CLOCK)
    if (record.timing == "total") != (record.seconds is not None):
        what = "in all belong to timing total, and only there"
        raise entry.error("seconds", what, "Write them there, or remove them")
    return record


def _slots(place: str, value: object, read: Callable[[Entry], S]) -> tuple[S, ...]:
    place = f"{place}, slots"
    return tuple(map(read, entries_at(place, entries_of(value, place))))


def _slot(entry: Entry) -> SlotRecord:
    record = SlotRecord(
        question=entry.optional("question", str, question_slug, None),
        topic=entry.optional("topic", str, fields.topic_slug, None),
        difficulty=entry.optional("difficulty", list, _difficulties, (1, MAX_DIFFICULTY)),
        count=entry.optional("count", int, fields.whole_number(1, MAX_COUNT), 1),
        seconds=entry.optional("seconds", int, seconds, None),
    )
    entry.refuse_unread()
    if record.question is not None and (record.topic is not None or record.count != 1):
        raise _fixed_and_drawn(entry)
    return record


def _stored_slot(entry: Entry) -> StoredSlot:
    uid = entry.optional("uid", str, fields.uid, None)
    slot = StoredSlot(**vars(_slot(entry)), uid=uid)
    if uid and (slot.topic is not None or slot.count != 1):
        raise _fixed_and_drawn(entry)
    return slot


def _fixed_and_drawn(entry: Entry) -> EntryError:
    fix = "Remove these two, or the question"
    return entry.error("a fixed question", "has no topic and no count", fix)


def _difficulties(value: object) -> tuple[int, int]:
    match value:
        case [int(low), int(high)] if 1 <= low <= high <= MAX_DIFFICULTY:
            return low, high
    allowed = f"[from, to], each from 1 to {MAX_DIFFICULTY}"
    raise WrongValue(f"should be {allowed}", f"Write {allowed}.")
