"""Importing questions: what a file would do to the bank, and whether it may.

A plan compares the file with the bank and writes nothing; questions/exchange/apply.py carries it
out. A row belongs to the question with its uid; without a uid to the one with its slug; without
both to the one with its prompt, so that the same file twice makes no duplicates.
"""

import hashlib
import uuid
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from questions.bank.records import question_record
from questions.exchange.matching import BankTopics, KnownQuestions
from questions.formats import ExchangeFile, Item, LeftOut, Mistake, TopicRecord
from questions.formats.checks import normal, one_line
from questions.models import TEXT_FIELDS, Difficulty, Question, Status, Topic
from questions.rules.compare import SAME, Piece, differences

SETTINGS = ("slug", "topic", "difficulty", "seconds")
COMPARED = (*SETTINGS, *TEXT_FIELDS, "key_points")
NEW_VALUES = {
    "difficulty": Difficulty.MEDIUM.value,
    "seconds": Question._meta.get_field("seconds").default,
    **dict.fromkeys(TEXT_FIELDS, ""),
    "key_points": (),
}


class Outcome(StrEnum):
    WRONG = "wrong"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """One field of a question that the file changes, as texts."""

    field: str
    old: str
    new: str

    def pieces(self, room: int = 60) -> list[Piece]:
        """Word by word what is removed, added and the same, the latter cut to its ends."""
        old, new = self.old, self.new
        if "\n" in old + new:  # then the last line should be like any other
            old, new = (text and f"{text}\n" for text in (old, new))
        found = differences(old, new)
        return [
            Piece(piece.kind, _shortened(piece.text, room)) if piece.kind == SAME else piece
            for piece in found
        ]


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= 2 * room + 1 else f"{text[:room]}…{text[-room:]}"


@dataclass(frozen=True)
class Row:
    """What becomes of one row. values: of COMPARED and uid, as the question will have them."""

    place: str
    name: str
    outcome: Outcome
    pk: int | None = None
    values: Any = None
    changes: tuple[Change, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def changes_texts(self) -> bool:
        return any(change.field not in SETTINGS for change in self.changes)


@dataclass(frozen=True)
class Plan:
    """What an import would do. new_topics: only those that its valid rows, or the file, name."""

    file_name: str
    rows: tuple[Row, ...] = ()
    new_topics: tuple[TopicRecord, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, outcome: str) -> list[Row]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.outcome.value for row in self.rows)
        return {outcome.value: found[outcome.value] for outcome in Outcome}

    @property
    def to_write(self) -> int:
        return self.counts["new"] + self.counts["changed"] + len(self.new_topics)

    @property
    def fingerprint(self) -> str:
        """The same for the same file and the same state of what it touches."""
        seen = [
            (row.place, row.outcome.value, row.pk, row.changes, row.mistakes) for row in self.rows
        ]
        return hashlib.sha256(repr((seen, self.new_topics)).encode()).hexdigest()


def plan_import(
    file_name: str,
    content: ExchangeFile,
    *,
    fallback_topic: Topic | None = None,
    may_add_topics: bool = True,
) -> Plan:
    """What importing would do now. Six statements, whatever the file's length.

    fallback_topic: of new questions whose file names none.
    """
    topics = BankTopics(content.topics, fallback_topic, may_add_topics)
    known = KnownQuestions()
    matched = [known.match(item) for item in content.items]
    questions = Question.objects.select_related("topic", "current_version").in_bulk(
        [pk for pk in matched if pk]
    )
    twice = {pk for pk, times in Counter(matched).items() if pk and times > 1}
    known.reserve(content.items)
    rows = tuple(
        _row(item, questions.get(pk), topics, known, twice)
        for item, pk in zip(content.items, matched, strict=True)
    )
    return Plan(
        file_name,
        rows,
        topics.needed(
            row.values["topic"] for row in rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)
        ),
        content.left_out,
        (*content.notes, *_notes(content, topics)),
    )


def _notes(content: ExchangeFile, topics: BankTopics):
    elsewhere = sum(
        item.values.get("status", Status.DRAFT) != Status.DRAFT for item in content.items
    )
    if elsewhere:
        yield (
            f"{elsewhere} of the file's questions are published or retired where they come from."
            " New ones arrive here as drafts all the same; known ones keep the status they have"
            " here."
        )
    for slug, here, there in topics.renamed:
        yield f"The topic {slug} is called “{there}” in the file; it stays “{here}” here."


def _row(
    item: Item, question: Question | None, topics: BankTopics, known: KnownQuestions, twice
) -> Row:
    old = vars(question_record(question)) if question else None
    mistakes = [*item.mistakes]
    said = dict(item.values)
    topic = topics.resolve(said, keeps=question is not None, mistakes=mistakes)
    if topic:
        said["topic"] = topic
    values = {"uid": said.get("uid"), **(old or NEW_VALUES)}
    values |= {field: said[field] for field in COMPARED if field in said}
    if old:
        # What differs only in blanks that the bank does not store stays what it is.
        values |= {f: old[f] for f in COMPARED if _plain(values[f]) == _plain(old[f])}
    mistakes += known.objections(item, question, values, old)
    if question and question.pk in twice:
        fix = "Keep one of the rows."
        mistakes.append(Mistake("uid", "is the same question as in another row", fix))
    if mistakes:
        return Row(item.place, item.name, Outcome.WRONG, mistakes=tuple(mistakes))
    values["slug"] = values.get("slug") or known.free_slugs.give(values["prompt"])
    if old is None:
        values["uid"] = values["uid"] or uuid.uuid4()
        return Row(item.place, item.name, Outcome.NEW, None, values)
    changes = tuple(
        Change(field, _shown(old[field]), _shown(values[field]))
        for field in COMPARED
        if values[field] != old[field]
    )
    outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    name = item.name or question.slug
    return Row(item.place, name, outcome, question.pk, values, changes)


def _plain(value):
    if isinstance(value, tuple):
        return tuple(one_line(point) for point in value)
    return normal(value) if isinstance(value, str) else value


def _shown(value) -> str:
    return "\n".join(value) if isinstance(value, tuple) else str(value)
