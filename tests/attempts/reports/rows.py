"""Answers that can be reported, and reports on them."""

from attempts.models import Answer, Report
from tests.factories import START, AnswerFactory, AttemptFactory

NASTY = "<script>alert(1)</script> {{ braces }}"


def asked(attempt=None, position=1, **fields) -> Answer:
    """An answer of an attempt that has ended."""
    attempt = attempt or AttemptFactory(finished=True)
    return AnswerFactory(
        attempt=attempt, position=position, written=True, closed=True, engine="none", **fields
    )


def reported(answer=None, **fields) -> Report:
    """A report, open unless told otherwise."""
    answer = answer or asked()
    values = {"reason": "wrong", "text": "It is wrong.", "reported_at": START, **fields}
    return Report.objects.create(answer=answer, **values)
