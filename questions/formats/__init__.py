"""Bank files: text to records and back. Pure; errors name the place in the file."""

from questions.formats.bank_file import joined, read_bank
from questions.formats.fields import FIELDS
from questions.formats.records import (
    Bank,
    ExchangeFile,
    ForeignIdRecord,
    FormatError,
    InterviewItem,
    InterviewRecord,
    Item,
    LeftOut,
    Mistake,
    PhrasingRecord,
    PhrasingRecords,
    QuestionRecord,
    QuestionValues,
    SlotRecord,
    StoredInterview,
    StoredQuestion,
    StoredSlot,
    TopicRecord,
)
from questions.formats.registry import FORMATS, READERS, WITH_COLUMNS, Format, read_file
from questions.formats.tabular.choice import CHOOSABLE, NO_CHOICE, NOT_TAKEN, Choice, UnclearColumns
from questions.formats.tabular.template import template
from questions.rules.limits import MAX_TEXT

__all__ = [
    "CHOOSABLE",
    "FIELDS",
    "FORMATS",
    "MAX_TEXT",
    "NOT_TAKEN",
    "NO_CHOICE",
    "READERS",
    "WITH_COLUMNS",
    "Bank",
    "Choice",
    "ExchangeFile",
    "ForeignIdRecord",
    "Format",
    "FormatError",
    "InterviewItem",
    "InterviewRecord",
    "Item",
    "LeftOut",
    "Mistake",
    "PhrasingRecord",
    "PhrasingRecords",
    "QuestionRecord",
    "QuestionValues",
    "SlotRecord",
    "StoredInterview",
    "StoredQuestion",
    "StoredSlot",
    "TopicRecord",
    "UnclearColumns",
    "joined",
    "read_bank",
    "read_file",
    "template",
]
