"""Timed attempts: who was asked what, what they wrote, and what it was worth.

attempts/transitions writes attempts with their answers, kept texts, added times and the words that
candidates show. attempts/reports writes reports, attempts/statistics the statistics, and
attempts/preferences.py the preferences.
"""

from attempts.models.added_time import AddedTime
from attempts.models.answer import (
    Answer,
    AnswerQuerySet,
    ClosedBy,
    Evidence,
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
from attempts.models.kept_text import KeptText
from attempts.models.preference import Preference
from attempts.models.report import Report, ReportQuerySet
from attempts.models.said_here import MOST_WORDS, SaidHere
from attempts.models.statistics import QuestionStatistics

__all__ = [
    "FINISHED",
    "MOST_WORDS",
    "WRITTEN",
    "AddedTime",
    "Answer",
    "AnswerQuerySet",
    "AtDeadline",
    "Attempt",
    "AttemptQuerySet",
    "ClosedBy",
    "Evidence",
    "FinishReason",
    "KeptText",
    "Preference",
    "QuestionStatistics",
    "Report",
    "ReportQuerySet",
    "SaidHere",
    "Suggestion",
    "answer_at",
    "last_opened",
]
