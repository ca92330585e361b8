"""Bank files: text to records and back. Pure; errors name the place in the file."""

from questions.formats.bank_file import read_bank
from questions.formats.fields import FIELDS
from questions.formats.records import (
    Bank,
    ExchangeFile,
    FormatError,
    InterviewRecord,
    Item,
    LeftOut,
    Mistake,
    PhrasingRecord,
    PhrasingRecords,
    QuestionRecord,
    QuestionValues,
    SlotRecord,
    StoredQuestion,
    TopicRecord,
)
from questions.formats.registry import FORMATS, READERS, Format, read_file
from questions.rules.limits import MAX_TEXT

__all__ = [
    "FIELDS",
    "FORMATS",
    "MAX_TEXT",
    "READERS",
    "Bank",
    "ExchangeFile",
    "Format",
    "FormatError",
    "InterviewRecord",
    "Item",
    "LeftOut",
    "Mistake",
    "PhrasingRecord",
    "PhrasingRecords",
    "QuestionRecord",
    "QuestionValues",
    "SlotRecord",
    "StoredQuestion",
    "TopicRecord",
    "read_bank",
    "read_file",
]
