"""Timed attempts: who was asked what, what they wrote, and what it was worth.

attempts/transitions writes attempts and what hangs on them: answers, kept texts, added time.
Reports are written by reporting.py, statistics by statistics.py, preferences by preferences.py.
"""

from attempts.models.answer import (
    AddedTime,
    Answer,
    AnswerQuerySet,
    ClosedBy,
    KeptText,
    Suggestion,
    answer_at,
    last_opened,
)
from attempts.models.attempt import (
    FINISHED,
    WRITTEN,
    AtDeadline,
    Attempt,
    AttemptQuerySet,
    FinishReason,
)
from attempts.models.preference import Preference
from attempts.models.report import Report, ReportQuerySet
from attempts.models.statistics import QuestionStatistics

__all__ = [
    "FINISHED",
    "WRITTEN",
    "AddedTime",
    "Answer",
    "AnswerQuerySet",
    "AtDeadline",
    "Attempt",
    "AttemptQuerySet",
    "ClosedBy",
    "FinishReason",
    "KeptText",
    "Preference",
    "QuestionStatistics",
    "Report",
    "ReportQuerySet",
    "Suggestion",
    "answer_at",
    "last_opened",
]
