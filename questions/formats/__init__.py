"""Bank files: text to records and back. Pure; errors name the place in the file."""

from questions.formats.bank_file import read_bank
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
    "MAX_TEXT",
    "TEXTS",
    "Bank",
    "ExchangeFile",
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
]
