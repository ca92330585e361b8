"""Timed attempts: who was asked what, what they wrote, and what it was worth.

attempts/transitions writes attempts with their answers, kept texts, added times and the words that
candidates show. attempts/reports writes reports, attempts/statistics the statistics,
attempts/preferences.py the preferences, attempts/shown_words.py what editors decide about the
words, and attempts/marking the sentences of examples, and who reads which answer.
"""

from attempts.models.added_time import AddedTime
from attempts.models.answer import Answer, ClosedBy, Sureness, answer_at, last_opened
from attempts.models.answers.asked_question import AskedQuestion, by_question, question_of
from attempts.models.answers.querying import REACHED, AnswerQuerySet
from attempts.models.answers.suggestion import Evidence, Suggestion
from attempts.models.attempt import (
    FINISHED,
    WRITTEN,
    AtDeadline,
    Attempt,
    AttemptQuerySet,
    FinishReason,
)
from attempts.models.counting import (
    CountedAnswer,
    LastCount,
    MonthSums,
    PointSums,
    TimeSums,
    ToCount,
    VersionSums,
)
from attempts.models.example_sentences import ExampleSentences
from attempts.models.kept_text import KeptText
from attempts.models.personal.own_interview import MOST_IN_OWN, UNNAMED, Only, OwnInterview
from attempts.models.personal.practice import Practice
from attempts.models.personal.question_note import MOST_NOTE, QuestionNote
from attempts.models.personal.result_link import ResultLink
from attempts.models.personal.schedule import Schedule, ScheduleCatchUp
from attempts.models.preference import Preference
from attempts.models.report import Report, ReportQuerySet
from attempts.models.said_here import MOST_WORDS, SaidHere
from attempts.models.scorer import TO_READ, ScorerClaim, ScorerSeen
from attempts.models.statistics import CheckedSuggestions, QuestionStatistics
from attempts.models.words_decision import WordsDecision

__all__ = [
    "FINISHED",
    "MOST_IN_OWN",
    "MOST_NOTE",
    "MOST_WORDS",
    "REACHED",
    "TO_READ",
    "UNNAMED",
    "WRITTEN",
    "AddedTime",
    "Answer",
    "AnswerQuerySet",
    "AskedQuestion",
    "AtDeadline",
    "Attempt",
    "AttemptQuerySet",
    "CheckedSuggestions",
    "ClosedBy",
    "CountedAnswer",
    "Evidence",
    "ExampleSentences",
    "FinishReason",
    "KeptText",
    "LastCount",
    "MonthSums",
    "Only",
    "OwnInterview",
    "PointSums",
    "Practice",
    "Preference",
    "QuestionNote",
    "QuestionStatistics",
    "Report",
    "ReportQuerySet",
    "ResultLink",
    "SaidHere",
    "Schedule",
    "ScheduleCatchUp",
    "ScorerClaim",
    "ScorerSeen",
    "Suggestion",
    "Sureness",
    "TimeSums",
    "ToCount",
    "VersionSums",
    "WordsDecision",
    "answer_at",
    "by_question",
    "last_opened",
    "question_of",
]
