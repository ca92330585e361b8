"""A result with follow-ups of all kinds, for tests in the browser."""

from datetime import timedelta

from attempts.models import Answer, KeptText
from tests.attempts.follow_ups import attempt_with_room, evidence, follow_up, question
from tests.factories import START

UNSURE = "I think one could look into the logs of it, if there is any time left for that."


def with_follow_ups() -> Answer:
    """The first of three questions: one point made, one when asked, one unsure when asked.

    The second question has a skipped follow-up and one at the bell, with a text that came late; the
    third was asked nothing back.
    """
    attempt = attempt_with_room(score="25.00")
    first = question(attempt, "1000", number=1, share="0.375", time_spent=timedelta(seconds=50))
    follow_up(first, "0100", point=1, time_spent=timedelta(seconds=20), closed_by="submitted")
    follow_up(
        first, "0000", point=3, text=UNSURE, closed_by="submitted", flagged=True,
        evidence=evidence("0000", UNSURE, "0001"), time_spent=timedelta(seconds=40),
    )  # fmt: skip
    second = question(attempt, "1000", number=2, share="0.25")
    follow_up(second, "", point=1, closed_by="skipped")
    late = follow_up(second, "", point=3, closed_by="deadline", time_spent=timedelta(minutes=1))
    KeptText.objects.create(answer=late, text="Too late for it.", source="late", kept_at=START)
    question(attempt, "0100", number=3, share="0.25")
    return first
