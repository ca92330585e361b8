"""Questions as the rows of a table: one a row, its key points in one cell, one a line.

Other cells have the follow-ups and the phrasings, one a line, after the number of its key point.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from questions.formats.fields import COLUMNS
from questions.formats.fields.follow_up_texts import as_text
from questions.formats.fields.statements import PHRASINGS
from questions.formats.records import StoredQuestion, TopicRecord
from questions.formats.tabular.cells import disarm
from questions.rules.numbered import numbered
from questions.rules.texts import LIST_FIELDS


def rows_of(
    topics: Sequence[TopicRecord], questions: Iterable[StoredQuestion]
) -> Iterator[list[str]]:
    """The heading and a row for each question, their cells disarmed."""
    names = {topic.slug: topic.name for topic in topics}
    yield list(COLUMNS)
    for question in questions:
        values = {
            **vars(question),
            "topic_name": names.get(question.topic, ""),
            **list_columns(question),
            "foreign_ids": "\n".join(map(str, question.foreign_ids)),
            **phrasing_columns(question),
        }
        yield [disarm(str(values[field])) for field in COLUMNS]


def list_columns(question: StoredQuestion) -> dict[str, str]:
    """The text of each column that has a list, one of its items a line."""
    lines = {field: "\n".join(getattr(question, field)) for field in LIST_FIELDS}
    return {**lines, "follow_ups": as_text(question.follow_ups)}


def phrasing_columns(question: StoredQuestion) -> dict[str, str]:
    """The text of each column of phrasings."""
    records = question.phrasings or ()
    return {name: numbered(getattr(record, name) for record in records) for name in PHRASINGS}


def write_csv(topics: Sequence[TopicRecord], questions: Iterable[StoredQuestion]) -> bytes:
    return csv_of(rows_of(topics, questions))


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark, because without it Excel reads the file as Windows-1252."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")
