"""The content: topics, questions with their versions, and interviews with what they draw."""

from questions.models.interview import Interview, InterviewQuerySet, Slot, Timing
from questions.models.question import (
    MAX_SECONDS,
    TEXT_FIELDS,
    ChangeKind,
    Difficulty,
    Question,
    QuestionQuerySet,
    QuestionVersion,
    Status,
    Topic,
    content_hash,
)

__all__ = [
    "MAX_SECONDS",
    "TEXT_FIELDS",
    "ChangeKind",
    "Difficulty",
    "Interview",
    "InterviewQuerySet",
    "Question",
    "QuestionQuerySet",
    "QuestionVersion",
    "Slot",
    "Status",
    "Timing",
    "Topic",
    "content_hash",
]
