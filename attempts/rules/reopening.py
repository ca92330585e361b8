"""Per-question timing: opening a question again, while the later ones wait again. Pure.

When the turn of a question that was shown comes again, its clock goes on from where it was. So
nobody sees the next question for free by taking more time for the one before.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from attempts.rules.lifecycle import IllegalTransition, QuestionClock


def rewind(
    questions: Sequence[QuestionClock], index: int, bell: datetime, now: datetime
) -> tuple[QuestionClock, ...]:
    """Open question `index` again so that its bell rings at `bell`; the later ones wait again.

    Raises IllegalTransition if the question was never opened or has no clock.
    """
    question = questions[index]
    if question.opened_at is None or question.limit is None:
        raise IllegalTransition("that question has no time to give back")
    return reopen_question(questions, index, question.opened_at, bell - question.opened_at, now)


def reopen_question(
    questions: Sequence[QuestionClock],
    index: int,
    opened_at: datetime,
    limit: timedelta | None,
    now: datetime,
) -> tuple[QuestionClock, ...]:
    """Open question `index` again as if at `opened_at`; the later ones wait again."""
    question = questions[index]
    reopened = QuestionClock(limit, opened_at, shown_at=question.shown_at)
    waiting = [put_back(later, now) for later in questions[index + 1 :]]
    return (*questions[:index], reopened, *waiting)


def put_back(question: QuestionClock, now: datetime) -> QuestionClock:
    """The question as it waits for its turn, with what it has used of its time.

    If no page has shown it, what ran while it was open does not count.
    """
    spent = question.spent
    if question.opened_at is not None:
        ran = (question.closed_at or now) - question.opened_at
        spent = ran if question.shown_at is not None else timedelta()
    if question.limit is not None:
        spent = min(spent, question.limit)
    return replace(question, opened_at=None, closed_at=None, spent=max(spent, timedelta()))
