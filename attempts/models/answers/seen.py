"""When somebody was last asked each question: from as many rows, whatever they have done."""

from datetime import datetime

from attempts.models.answer import Answer
from attempts.models.attempt import Attempt
from attempts.models.personal.schedule import Schedule
from attempts.owners import Owner

LATELY = 50
"""The newest attempts, whose questions are all read; of older ones those that were answered."""


def when_seen(owner: Owner | None) -> dict[int, datetime]:
    """By question, when it was last drawn for the owner; three statements.

    Of a question that was not drawn lately, when it was last answered: the schedule says so. One
    that was never reached, or was in an attempt that was discarded, is forgotten after so many
    attempts.
    """
    newest = Attempt.objects.owned_by(owner).order_by("-started_at")
    started = dict(newest.values_list("pk", "started_at")[:LATELY])
    drawn = Answer.objects.to_questions().filter(attempt__in=list(started)).order_by()
    lately: dict[int, datetime] = {}
    for question, attempt in drawn.values_list("version__question", "attempt"):
        at = started[attempt]
        lately[question] = max(at, lately.get(question, at))
    answered = Schedule.objects.owned_by(owner).order_by()
    return {**dict(answered.values_list("question", "answered_at")), **lately}
