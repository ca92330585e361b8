"""What an import makes of the interviews of a file."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from questions.bank.records import stored_interview
from questions.exchange.changes import Change
from questions.exchange.matching import KnownQuestions
from questions.exchange.planned import InterviewRow, Outcome, Row
from questions.exchange.topics.named import BankTopics
from questions.formats import InterviewItem, Mistake, StoredInterview, StoredSlot
from questions.models import Interview, Status, Timing

MOST_NAMED = 3
"""A warning names no more questions than this."""
COMPARED = (
    *("name", "description", "timing", "seconds", "think_seconds", "follow_ups"),
    "follow_up_seconds",
)


class _NotThere(Exception):
    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def plan_interviews(
    items: Sequence[InterviewItem],
    rows: Iterable[Row],
    known: KnownQuestions,
    topics: BankTopics,
    *,
    as_in_file: bool,
) -> tuple[InterviewRow, ...]:
    """rows: the questions of the same file, planned. as_in_file: with the status in the file."""
    if not items:
        return ()
    planner = _Planner(rows, known, topics, as_in_file=as_in_file)
    planned = [planner.row(item) for item in items]
    times = Counter(row.pk for row in planned if row.pk)
    return tuple(_twice(row) if row.pk and times[row.pk] > 1 else row for row in planned)


class _Planner:
    def __init__(
        self,
        rows: Iterable[Row],
        known: KnownQuestions,
        topics: BankTopics,
        *,
        as_in_file: bool,
    ) -> None:
        self._known, self._topics, self._as_in_file = known, topics, as_in_file
        self._slugs = {old.uid: old.slug for old in known.by_key.values()}
        self._statuses = {old.uid: old.status for old in known.by_key.values()}
        self._uids: dict[uuid.UUID, uuid.UUID] = {uid: uid for uid in self._slugs}
        """The uid here of each question, by its uid in the file."""
        for row in rows:
            if row.outcome != Outcome.WRONG:
                self._slugs[row.question.uid] = row.question.slug
                self._uids[row.question.uid] = row.question.uid
                self._statuses[row.question.uid] = row.status
        self._by_slug = {slug: uid for uid, slug in self._slugs.items()}
        stored = Interview.objects.prefetch_related("slots__question", "slots__topic")
        self._interviews = {interview.slug: interview for interview in stored}

    def row(self, item: InterviewItem) -> InterviewRow:
        if item.record is None:
            return _wrong(item, item.mistakes)
        known = self._find(item.record.slug)
        try:
            slots = tuple(map(self._slot, item.record.slots))
        except _NotThere as missing:
            fix = "Add it to the file or to the bank, or remove it from the slots."
            return _wrong(item, [Mistake("slots", missing.what, fix)])
        asked = Counter(slot.uid for slot in slots if slot.uid)
        if twice := [slot.question for slot in slots if slot.uid and asked[slot.uid] > 1]:
            fix = "Remove one of the two slots."
            return _wrong(item, [Mistake("slots", f"ask the question {twice[0]} twice", fix)])
        kept = {field: getattr(known, field) for field in item.unsaid} if known else {}
        if item.record.timing == Timing.TOTAL:
            kept["follow_ups"] = 0
        own = {"slug": known.slug if known else item.record.slug, "slots": slots, **kept}
        record = replace(item.record, **own, is_active=self._active(item, known))
        changes = tuple(self._changes(stored_interview(known), record)) if known else ()
        outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED if known else Outcome.NEW
        return InterviewRow(
            item.place,
            item.name,
            outcome,
            known.pk if known else None,
            changes,
            warnings=tuple(self._warnings(item.record, record, outcome)),
            record=record,
        )

    def _warnings(
        self, stated: StoredInterview, record: StoredInterview, outcome: Outcome
    ) -> Iterator[str]:
        if stated.slug != record.slug:
            yield f"The interview {stated.slug} is called {record.slug} here now."
        statuses = [(slot, self._statuses[slot.uid]) for slot in record.slots if slot.uid]
        drafts = [slot for slot, status in statuses if status != Status.PUBLISHED]
        if drafts and record.is_active and outcome != Outcome.UNCHANGED:
            named = ", ".join(slot.question or "" for slot in drafts[:MOST_NAMED])
            more = f" and {len(drafts) - MOST_NAMED} more" if len(drafts) > MOST_NAMED else ""
            yield f"It can't be started until these are published: {named}{more}."

    def _find(self, slug: str) -> Interview | None:
        if known := self._interviews.get(slug):
            return known
        had = [i for i in self._interviews.values() if slug in i.former_slugs]
        return had[0] if len(had) == 1 else None

    def _active(self, item: InterviewItem, known: Interview | None) -> bool:
        """Whether candidates see it: a new one is hidden, a known one stays as it is."""
        now = known.is_active if known else False
        stated = item.record.is_active if item.record else None
        return stated if self._as_in_file and stated is not None else now

    def _slot(self, slot: StoredSlot) -> StoredSlot:
        """A slot with the names of this bank. Raises _NotThere."""
        if slot.uid or slot.question:
            uid = self._question(slot)
            return replace(slot, uid=uid, question=self._slugs[uid])
        topic = self._topics.find(slot.topic) if slot.topic else None
        if slot.topic and not topic:
            raise _NotThere(
                f"name the topic {slot.topic}, which is neither here nor right in the file"
            )
        return replace(slot, topic=topic)

    def _question(self, slot: StoredSlot) -> uuid.UUID:
        if slot.uid in self._uids:
            return self._uids[slot.uid]
        slug = slot.question or ""
        had = self._known.by_former_slug.get(slug, [])
        former = self._known.by_key[had[0]].uid if len(had) == 1 else None
        uid = self._by_slug.get(slug, former)
        if uid is None:
            named = slug or str(slot.uid)
            raise _NotThere(
                f"ask the question {named}, which is neither here nor right in the file"
            )
        return uid

    def _changes(self, old: StoredInterview, new: StoredInterview) -> Iterator[Change]:
        for field in COMPARED:
            before, after = getattr(old, field), getattr(new, field)
            if before != after:
                yield Change(field, _as_text(before), _as_text(after))
        if old.is_active != new.is_active:
            yield Change("status", _status(old), _status(new))
        before, after = _in_words(old, self._slugs), _in_words(new, self._slugs)
        if _identity(old) != _identity(new):
            yield Change("slots", before, after)


def _identity(record: StoredInterview) -> list[StoredSlot]:
    """The slots, apart from what the slugs of their questions are."""
    return [replace(slot, question=None) if slot.uid else slot for slot in record.slots]


def _in_words(record: StoredInterview, slugs: dict[uuid.UUID, str]) -> str:
    return "\n".join(
        f"{number}. {_slot_in_words(slot, slugs)}{f', {slot.seconds} s' if slot.seconds else ''}"
        for number, slot in enumerate(record.slots, start=1)
    )


def _slot_in_words(slot: StoredSlot, slugs: dict[uuid.UUID, str]) -> str:
    if slot.uid:
        return slugs[slot.uid]
    low, high = slot.difficulty
    return f"{slot.count} of {slot.topic or 'any topic'}, difficulty {low} to {high}"


def _status(record: StoredInterview) -> str:
    return "active" if record.is_active else "hidden"


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def _wrong(item: InterviewItem, mistakes: Iterable[Mistake]) -> InterviewRow:
    return InterviewRow(item.place, item.name, Outcome.WRONG, mistakes=tuple(mistakes), record=None)


def _twice(row: InterviewRow) -> InterviewRow:
    mistake = Mistake("slug", "names the same interview as another entry", "Keep one of the two.")
    return InterviewRow(row.place, row.name, Outcome.WRONG, mistakes=(mistake,), record=None)
