"""What bank files are read into and written from. Pure values; no file, no database."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SLUG = re.compile(r"[-a-zA-Z0-9_]+")
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""What Postgres takes in no text: NUL, and half a character."""

TEXTS = ("prompt", "answer", "how_to_answer", "example_answer")
MAX_TEXT = 20_000

FIELDS = (
    *("uid", "slug", "topic", "topic_name", "difficulty", "seconds", "status"),
    *(*TEXTS, "key_points"),
)
"""The fields of a question in an exchange file, in the order of its columns."""


class FormatError(ValueError):
    """The file is not a bank; the message names the place and the fix."""


@dataclass(frozen=True)
class TopicRecord:
    slug: str
    name: str


@dataclass(frozen=True)
class QuestionRecord:
    uid: uuid.UUID
    slug: str
    topic: str
    difficulty: int
    seconds: int
    prompt: str
    answer: str
    how_to_answer: str
    example_answer: str
    key_points: tuple[str, ...]


@dataclass(frozen=True)
class SlotRecord:
    """question: a slug; else a draw rule of topic (None: any), difficulty (from, to), count."""

    question: str | None = None
    topic: str | None = None
    difficulty: tuple[int, int] = (1, 3)
    count: int = 1
    seconds: int | None = None


@dataclass(frozen=True)
class InterviewRecord:
    slug: str
    name: str
    description: str
    timing: str
    seconds: int | None
    think_seconds: int
    slots: tuple[SlotRecord, ...]


@dataclass(frozen=True)
class Bank:
    topics: tuple[TopicRecord, ...] = ()
    questions: tuple[QuestionRecord, ...] = ()
    interviews: tuple[InterviewRecord, ...] = ()


# --- exchange: questions that come in from a file, row by row, and go out again ---------------


@dataclass(frozen=True)
class StoredQuestion(QuestionRecord):
    """A question as the bank has it, to be written to a file."""

    status: str


@dataclass(frozen=True)
class Mistake:
    """What is wrong in one field of one row, and what to do about it."""

    column: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.column}: {self.what}. {self.fix}"


@dataclass(frozen=True)
class Item:
    """One question of a file.

    place: where it stands there, as its reader would look for it ("row 12"). values: what the
    file says, checked, by field of FIELDS; what it does not say, or says wrongly, is missing.
    """

    place: str
    name: str
    values: Mapping[str, Any]
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """Something of a file that is no open question, or that this bank has no place for."""

    place: str
    name: str
    why: str


@dataclass(frozen=True)
class ExchangeFile:
    """What a file holds. notes: said once about the whole file."""

    items: tuple[Item, ...] = ()
    topics: tuple[TopicRecord, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
