"""What bank files are read into and written from. Pure values; no file, no database."""

import uuid
from dataclasses import dataclass, field
from typing import TypedDict

from questions.rules.limits import FOLLOW_UP_SECONDS


class FormatError(ValueError):
    """The file is not a bank; the message names the place and the fix."""

    @property
    def sentence(self) -> str:
        """The message as a sentence of its own."""
        message = str(self)
        end = "" if message.endswith((".", "?")) else "."
        return f"{message[:1].upper()}{message[1:]}{end}"


class WrongValue(ValueError):
    """Why a value is refused, to be read after the field's name, and how to fix it."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(f"{what}. {fix}")
        self.what, self.fix = what, fix


@dataclass(frozen=True)
class TopicRecord:
    slug: str
    name: str


@dataclass(frozen=True)
class PhrasingRecord:
    """The statements about one key point: those that make it, and those that do not."""

    also_said_as: tuple[str, ...] = ()
    not_to_be_confused_with: tuple[str, ...] = ()


PhrasingRecords = tuple[PhrasingRecord, ...]
"""One for each key point, in their order; () if no point has any."""


@dataclass(frozen=True)
class QuestionRecord:
    """follow_ups: one for each key point, "" where a point has none; () if no point has one.

    phrasings: None where a file does not say any.
    """

    uid: uuid.UUID
    slug: str
    topic: str
    difficulty: int
    seconds: int
    prompt: str
    answer: str
    how_to_answer: str
    example_answer: str
    short_example: str = field(default="", kw_only=True)
    key_points: tuple[str, ...]
    follow_ups: tuple[str, ...] = field(default=(), kw_only=True)
    phrasings: PhrasingRecords | None = field(default=None, kw_only=True)
    common_mistakes: tuple[str, ...] = field(default=(), kw_only=True)
    sources: tuple[str, ...] = field(default=(), kw_only=True)


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
    follow_ups: int = 0
    follow_up_seconds: int = FOLLOW_UP_SECONDS


@dataclass(frozen=True)
class Bank:
    topics: tuple[TopicRecord, ...] = ()
    questions: tuple[QuestionRecord, ...] = ()
    interviews: tuple[InterviewRecord, ...] = ()


# --- exchange: questions that come in from a file, row by row, and go out again ---------------


@dataclass(frozen=True)
class ForeignIdRecord:
    """What another system calls a question; as a text, "Moodle: Q17"."""

    system: str
    id: str

    def __str__(self) -> str:
        return f"{self.system}: {self.id}"


@dataclass(frozen=True)
class StoredQuestion(QuestionRecord):
    """A question as the bank has it, to be written to a file."""

    status: str
    foreign_ids: tuple[ForeignIdRecord, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True)
class StoredSlot(SlotRecord):
    """A slot as an exchanged file has it. uid: of the fixed question, whatever its slug is now."""

    uid: uuid.UUID | None = None


@dataclass(frozen=True)
class StoredInterview(InterviewRecord):
    """An interview as an exchanged file has it. is_active: None where the file does not say."""

    slots: tuple[StoredSlot, ...]
    is_active: bool | None = None


@dataclass(frozen=True)
class Mistake:
    """What is wrong in one field of one row, and how to fix it.

    where: what the file's format calls the field, if it has another word for it.
    """

    column: str
    what: str
    fix: str
    where: str = ""

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        return f"{self.column}{place}: {self.what}. {self.fix}".strip()


class QuestionValues(TypedDict, total=False):
    """What a row says of a question. What it does not say, or says wrongly, is missing."""

    uid: uuid.UUID
    slug: str
    topic: str
    topic_name: str
    difficulty: int
    seconds: int
    status: str
    prompt: str
    answer: str
    how_to_answer: str
    example_answer: str
    short_example: str
    key_points: tuple[str, ...]
    follow_ups: tuple[str, ...]
    phrasings: PhrasingRecords
    common_mistakes: tuple[str, ...]
    sources: tuple[str, ...]
    foreign_ids: tuple[ForeignIdRecord, ...]


@dataclass(frozen=True)
class Item:
    """One question of a file. place: where it is, in the words of its format ("row 12").

    foreign_id: the question's id in the system that the file comes from, if that is another one.
    not_taken: what the row has and this bank does not take, as a reader sees it: "column Source",
    "tag deployment". title: what the file calls the question, if it has a name beside its prompt.
    """

    place: str
    name: str
    values: QuestionValues
    mistakes: tuple[Mistake, ...] = ()
    not_taken: tuple[str, ...] = ()
    foreign_id: str = ""
    title: str = ""


@dataclass(frozen=True)
class InterviewItem:
    """One interview of a file; without a record if something in it is wrong.

    unsaid: what the file does not say of it, and the bank keeps.
    """

    place: str
    name: str
    record: StoredInterview | None
    mistakes: tuple[Mistake, ...] = ()
    unsaid: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LeftOut:
    """Something in a file that is not an open question, or that this bank has no place for."""

    place: str
    name: str
    why: str


@dataclass(frozen=True)
class ExchangeFile:
    """What a file holds. notes: remarks on the file as a whole.

    system: whose ids its questions have as foreign_id ("Moodle"); "" where the reader can't tell.
    """

    items: tuple[Item, ...] = ()
    topics: tuple[TopicRecord, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    interviews: tuple[InterviewItem, ...] = ()
    system: str = ""
