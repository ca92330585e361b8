"""Attempts that show what seldom happens: two tabs, a late text, added time, overtime."""

from datetime import datetime, timedelta
from decimal import Decimal

from attempts import transitions
from attempts.example_data.candidate import ExampleCandidate, answers_of, sentences_of, suggest
from attempts.models import AtDeadline, Attempt
from attempts.transitions.starting import Pace

MINUTE = timedelta(minutes=1)


def leave_until_time_runs_out(candidate: ExampleCandidate, at: datetime) -> None:
    """Per-question timing: two tabs write to question 1, and nobody comes back in time.

    Leaves two kept texts: one from the other tab, and one that came too late.
    """
    attempt = candidate.start("screening", at)
    sentences = sentences_of(answers_of(attempt)[0].version.example_answer)
    candidate.type(attempt, " ".join(sentences[:2]), at + MINUTE)
    candidate.type(attempt, sentences[0], at + 1.5 * MINUTE, tab="tab-2")
    an_hour_later = at + 60 * MINUTE
    transitions.settle(candidate.owner, attempt.pk, now=an_hour_later)
    candidate.type(attempt, " ".join(sentences), an_hour_later, sequence=2)
    suggest(attempt)


def go_into_overtime(candidate: ExampleCandidate, at: datetime) -> None:
    """One clock for all, at an easier pace: five more minutes, and more text after the bell."""
    pace = Pace(time_factor=Decimal("1.25"), at_deadline=AtDeadline.OVERTIME.value)
    attempt = candidate.start("reproducibility", at, pace)
    candidate.answer(attempt, at, len(answers_of(attempt)))
    before_the_bell = _deadline_of(attempt) - MINUTE
    longer = transitions.add_time(candidate.owner, attempt.pk, 1, now=before_the_bell).attempt
    after_the_bell = _deadline_of(longer) + MINUTE
    transitions.settle(candidate.owner, attempt.pk, now=after_the_bell)
    full_text = answers_of(attempt)[0].version.example_answer
    candidate.type(attempt, full_text, after_the_bell, sequence=2)
    transitions.finish(candidate.owner, attempt.pk, now=after_the_bell + MINUTE)
    suggest(attempt)


def discard(candidate: ExampleCandidate, at: datetime) -> None:
    """Answer one question, and throw the attempt away."""
    attempt = candidate.start("platforms-and-tools", at)
    end = candidate.answer(attempt, at, 1)
    transitions.discard(candidate.owner, attempt.pk, now=end)


def leave_running(candidate: ExampleCandidate, at: datetime) -> None:
    """One clock for all: answer three of many questions, and flag one of them."""
    attempt = candidate.start("full-interview", at)
    end = candidate.answer(attempt, at, 3)
    transitions.flag(candidate.owner, attempt.pk, 2, True, now=end)


def _deadline_of(attempt: Attempt) -> datetime:
    if attempt.deadline_at is None:
        raise ValueError("an attempt without a clock has no deadline")
    return attempt.deadline_at
