"""What an import would do to the bank, and whether it may.

A plan compares a file with the bank and writes nothing; questions/exchange/apply.py carries it
out. A row is about the question with its uid; without a uid, the one with its slug; without both,
the one with its prompt. So importing a file twice makes no duplicates.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from questions.bank.records import question_record
from questions.exchange.changes import Change, changes_between, merged
from questions.exchange.matching import KnownQuestions
from questions.exchange.topics import BankTopics
from questions.formats import ExchangeFile, Item, LeftOut, Mistake, QuestionRecord, TopicRecord
from questions.models import VERSION_FIELDS, Question, Status, Topic


class Outcome(StrEnum):
    """What an import does with a row."""

    WRONG = "wrong"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class ImportFile:
    """A file that somebody wants to import. fallback_topic: of new questions that name none."""

    name: str
    content: ExchangeFile
    fallback_topic: Topic | None = None
    may_add_topics: bool = True


@dataclass(frozen=True)
class Row:
    """What becomes of one row. question: as it will be, if the row is not wrong; pk: its key.

    not_taken: what the file's row has and the bank does not take.
    """

    place: str
    name: str
    outcome: Outcome
    question: QuestionRecord
    pk: int | None = None
    changes: tuple[Change, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    not_taken: tuple[str, ...] = ()

    @property
    def changes_texts(self) -> bool:
        return any(change.field in VERSION_FIELDS for change in self.changes)


@dataclass(frozen=True)
class Plan:
    """What an import would do. new_topics: those that the file lists or its valid rows use."""

    file_name: str
    rows: tuple[Row, ...] = ()
    new_topics: tuple[TopicRecord, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, outcome: str) -> list[Row]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each outcome."""
        times = Counter(row.outcome for row in self.rows)
        return {outcome.value: times[outcome] for outcome in Outcome}

    @property
    def to_write(self) -> int:
        """How many questions and topics would be written."""
        return self.counts["new"] + self.counts["changed"] + len(self.new_topics)

    @property
    def fingerprint(self) -> str:
        """The same for the same file and the same state of what it touches."""
        rows = [
            (row.place, row.outcome.value, row.pk, row.changes, row.mistakes) for row in self.rows
        ]
        return hashlib.sha256(repr((rows, self.new_topics)).encode()).hexdigest()


def plan_import(file: ImportFile) -> Plan:
    """What importing would do now. A constant number of statements."""
    content = file.content
    topics = BankTopics(content.topics, file.fallback_topic, may_add=file.may_add_topics)
    known = KnownQuestions()
    matched = [known.match(item) for item in content.items]
    questions = Question.objects.select_related("topic", "current_version").in_bulk(
        [pk for pk in matched if pk]
    )
    repeated = {pk for pk, times in Counter(matched).items() if pk and times > 1}
    known.reserve(content.items)
    rows = tuple(
        _row(item, questions.get(pk) if pk else None, topics, known, repeated)
        for item, pk in zip(content.items, matched, strict=True)
    )
    written = [row for row in rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)]
    return Plan(
        file.name,
        rows,
        topics.needed(row.question.topic for row in written),
        content.left_out,
        (*content.notes, *_notes(content, topics)),
    )


def _notes(content: ExchangeFile, topics: BankTopics) -> Iterator[str]:
    elsewhere = sum(
        item.values.get("status", Status.DRAFT) != Status.DRAFT for item in content.items
    )
    if elsewhere:
        yield (
            f"{elsewhere} of the questions in the file are published or retired in the bank they"
            " come from. Here new ones become drafts, and known ones keep their status."
        )
    for slug, here, there in topics.renamed:
        yield f"The topic {slug} is called “{there}” in the file. Here it stays “{here}”."


def _row(
    item: Item,
    question: Question | None,
    topics: BankTopics,
    known: KnownQuestions,
    repeated: Collection[int],
) -> Row:
    """repeated: the keys of questions that several rows are about."""
    old = question_record(question) if question else None
    topic, wrong_topic = topics.resolve(item, is_new=old is None)
    kept = question.phrasings if question else {}
    new = merged(old, item.values, topic, kept)
    mistakes = [*item.mistakes, *([wrong_topic] if wrong_topic else [])]
    mistakes += known.objections(item, question, new)
    if question and question.pk in repeated:
        fix = "Keep one of the rows."
        mistakes.append(Mistake("uid", "is the same question as in another row", fix))
    if mistakes:
        wrong = tuple(mistakes)
        return Row(item.place, item.name, Outcome.WRONG, new, None, (), wrong, item.not_taken)
    if not new.slug:
        new = replace(new, slug=known.free_slugs.give(new.prompt))
    if question is None or old is None:
        return Row(item.place, item.name, Outcome.NEW, new, not_taken=item.not_taken)
    changes = tuple(changes_between(old, new, kept))
    outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    name = item.name or question.slug
    return Row(item.place, name, outcome, new, question.pk, changes, (), item.not_taken)
