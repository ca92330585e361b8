"""What a row of a file makes of a question, and how that differs from what the bank has."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from questions.bank.records import phrasing_records
from questions.formats import PhrasingRecord, PhrasingRecords, QuestionRecord, QuestionValues
from questions.formats.fields.follow_up_texts import as_text as follow_ups_as_text
from questions.models import VERSION_FIELDS, Difficulty, Question
from questions.rules.compare import SAME, Piece, differences
from questions.rules.follow_ups import follow_ups_of, moved
from questions.rules.phrasings import KIND_NAMES, Phrasings
from questions.rules.texts import key_points_of, normal_text

SETTINGS = ("slug", "topic", "difficulty", "seconds")
COMPARED = (*SETTINGS, *VERSION_FIELDS)
OUTSIDE_VERSIONS = (*SETTINGS, "phrasings")
"""What can change without a new version."""


@dataclass(frozen=True)
class Change:
    """One field of a question that the file changes, as texts."""

    field: str
    old: str
    new: str

    def pieces(self, room: int = 60) -> list[Piece]:
        """What is removed, added and the same, word by word.

        Long parts that are the same are cut to `room` characters at each end.
        """
        old, new = self.old, self.new
        if "\n" in old + new:  # so that the last line is like any other
            old, new = (text and f"{text}\n" for text in (old, new))
        return [
            replace(piece, text=_shortened(piece.text, room)) if piece.kind == SAME else piece
            for piece in differences(old, new)
        ]


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= 2 * room + 1 else f"{text[:room]}…{text[-room:]}"


def changes_between(old: QuestionRecord, new: QuestionRecord, kept: Phrasings) -> Iterator[Change]:
    """kept: the phrasings of the question, also those of points that it no longer has.

    Key points that are reworded are no change of the phrasings.
    """
    for field in COMPARED:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield Change(field, _as_text(field, before), _as_text(field, after))
    said, known = new.phrasings or (), phrasing_records(kept, new.key_points)
    if said != known:
        yield Change("phrasings", _phrasings_as_text(known), _phrasings_as_text(said))


def _as_text(field: str, value: object) -> str:
    if not isinstance(value, tuple):
        return str(value)
    return follow_ups_as_text(value) if field == "follow_ups" else "\n".join(value)


def _phrasings_as_text(records: PhrasingRecords) -> str:
    return "\n".join(
        f"{number}, {name}: {statement}"
        for number, record in enumerate(records, start=1)
        for name, statements in (
            (KIND_NAMES["accept"].lower(), record.also_said_as),
            (KIND_NAMES["reject"].lower(), record.not_to_be_confused_with),
        )
        for statement in statements
    )


def merged(
    old: QuestionRecord | None, values: QuestionValues, topic: str | None, kept: Phrasings
) -> QuestionRecord:
    """A question as a row would have it. topic: the slug that the row's topic comes to.

    kept: the phrasings that the question has, by key point.

    A field that the row does not have stays as it was; follow-ups stay with their key points. So
    does a field that differs only in blanks that the bank does not store.
    """
    stated: dict[str, Any] = {f: value for f, value in values.items() if f in COMPARED}
    stated.pop("topic", None)
    if topic:
        stated["topic"] = topic
    if old is None:
        record = replace(_empty(), uid=values.get("uid") or uuid.uuid4(), **stated)
    else:
        changed = {f: v for f, v in stated.items() if _stored(f, v) != _stored(f, getattr(old, f))}
        record = replace(old, **changed)
    follow_ups = _follow_ups(values, old, record)
    phrasings = _phrasings(values, record.key_points, kept)
    return replace(record, phrasings=phrasings, follow_ups=follow_ups)


def _follow_ups(
    values: QuestionValues, old: QuestionRecord | None, record: QuestionRecord
) -> tuple[str, ...]:
    """Those of the row, one for each key point; else those that the question had to its points."""
    if "follow_ups" not in values and old is not None:
        return tuple(moved(old.follow_ups, old.key_points, record.key_points))
    missing = len(record.key_points) - len(record.follow_ups)
    return record.follow_ups + ("",) * missing if record.follow_ups else ()


def _phrasings(
    values: QuestionValues, key_points: tuple[str, ...], kept: Phrasings
) -> PhrasingRecords:
    """Those that the row says, one for each key point; else those that the question keeps."""
    if "phrasings" not in values:
        return phrasing_records(kept, key_points)
    said = values["phrasings"]
    missing = len(key_points) - len(said)
    return said + (PhrasingRecord(),) * missing if said else said


def _empty() -> QuestionRecord:
    """A new question of which nothing is known yet."""
    return QuestionRecord(
        uid=uuid.UUID(int=0),
        slug="",
        topic="",
        difficulty=Difficulty.MEDIUM.value,
        seconds=Question._meta.get_field("seconds").default,
        prompt="",
        answer="",
        how_to_answer="",
        example_answer="",
        key_points=(),
    )


def _stored(field: str, value: object) -> object:
    """A value in the form in which the bank stores it now; older ones may have other blanks."""
    if isinstance(value, tuple):
        if field == "follow_ups":
            return follow_ups_of(value)
        return key_points_of(value)
    return normal_text(value) if isinstance(value, str) else value
