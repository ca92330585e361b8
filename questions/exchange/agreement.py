"""What an editor agrees to: a file, and what it would make of the bank."""

import hashlib
import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from questions.exchange.planned import InterviewRow, Outcome, Planned, Row, TopicRow
from questions.formats import ExchangeFile, TopicRecord


def fingerprint_of(
    content: ExchangeFile,
    rows: Sequence[Row],
    topics: Sequence[TopicRow],
    new_topics: Sequence[TopicRecord],
    interviews: Sequence[InterviewRow],
) -> str:
    """The same for the same file and the same plan, whatever uids new questions get this time."""
    new = {row.question.uid for row in rows if row.outcome == Outcome.NEW}
    plan = [
        *((_outcome(row), _question(row)) for row in rows),
        *((_outcome(row), row.record) for row in topics),
        *((_outcome(row), *_interview(row, new)) for row in interviews),
    ]
    digest = hashlib.sha256()
    for part in (content, plan, new_topics):
        digest.update(repr(part).encode())
    return digest.hexdigest()


def _outcome(entry: Planned) -> tuple[object, ...]:
    said = (entry.mistakes, entry.warnings)
    return (entry.place, entry.outcome.value, entry.pk, entry.changes, *said)


def _question(row: Row) -> tuple[object, ...]:
    """What the file alone does not say of a question: what the bank makes of it."""
    question = row.question
    names = (question.slug, question.topic, row.topic_name, row.lost_topic)
    return (*names, row.status, row.foreign_ids)


def _interview(row: InterviewRow, new: Collection[uuid.UUID]) -> Iterator[object]:
    """An interview and its slots, with the names that they have in this bank."""
    if row.record:
        yield replace(row.record, slots=())
        for slot in row.record.slots:
            yield replace(slot, uid=None) if slot.uid in new else slot
