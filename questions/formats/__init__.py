"""Bank files: text to records and back. Pure; errors name the place in the file."""

from questions.formats.bank_file import read_bank
from questions.formats.files import FORMATS, READERS, Format, read_file
from questions.formats.records import (
    FIELDS,
    MAX_TEXT,
    TEXTS,
    Bank,
    ExchangeFile,
    FormatError,
    InterviewRecord,
    Item,
    LeftOut,
    Mistake,
    QuestionRecord,
    SlotRecord,
    StoredQuestion,
    TopicRecord,
)

__all__ = [
    "FIELDS",
    "FORMATS",
    "MAX_TEXT",
    "READERS",
    "TEXTS",
    "Bank",
    "ExchangeFile",
    "Format",
    "FormatError",
    "InterviewRecord",
    "Item",
    "LeftOut",
    "Mistake",
    "QuestionRecord",
    "SlotRecord",
    "StoredQuestion",
    "TopicRecord",
    "read_bank",
    "read_file",
]
