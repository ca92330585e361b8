"""The content: topics, questions with their versions, interviews with their slots."""

from questions.models.foreign_id import ForeignId
from questions.models.interview import Interview, InterviewQuerySet, Slot, Timing
from questions.models.question import (
    ChangeKind,
    Difficulty,
    Question,
    QuestionQuerySet,
    QuestionVersion,
    Status,
    Texts,
    Topic,
    content_hash,
)
from questions.rules.limits import MAX_SECONDS
from questions.rules.texts import LIST_FIELDS, OPTIONAL_FIELDS, TEXT_FIELDS, VERSION_FIELDS

__all__ = [
    "LIST_FIELDS",
    "MAX_SECONDS",
    "OPTIONAL_FIELDS",
    "TEXT_FIELDS",
    "VERSION_FIELDS",
    "ChangeKind",
    "Difficulty",
    "ForeignId",
    "Interview",
    "InterviewQuerySet",
    "Question",
    "QuestionQuerySet",
    "QuestionVersion",
    "Slot",
    "Status",
    "Texts",
    "Timing",
    "Topic",
    "content_hash",
]
