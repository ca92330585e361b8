"""Answers of finished attempts, and the statistics computed from them, for the tests here."""

from datetime import timedelta

from attempts.models import QuestionStatistics
from attempts.statistics.compute import refresh
from tests.factories import START, AnswerFactory, AttemptFactory, published_question


def answered(attempt, version, share, *, seconds=60, **fields):
    """A closed answer; share None: written and not scored, "": nothing was written."""
    text = "" if share == "" else "Something true."
    values = {
        "text": text,
        "share": None if share == "" else share,
        "opened_at": START,
        "closed_at": attempt.started_at,
        "closed_by": "submitted",
        "time_spent": timedelta(seconds=seconds),
        "position": attempt.answers.count() + 1,
        **fields,
    }
    return AnswerFactory(attempt=attempt, version=version, **values)


def finished(**fields):
    return AttemptFactory(finished=True, **fields)


def three_versions():
    return [published_question().current_version for _ in range(3)]


def stored(version, *, together=False):
    of = None if together else version
    return QuestionStatistics.objects.get(question=version.question, version=of)


def refreshed(version, **how):
    assert refresh(now=START)
    return stored(version, **how)
