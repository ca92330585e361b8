"""Answers that await a suggestion."""

from datetime import timedelta

from attempts.models import Answer
from quizsite.clock import database_now
from tests.attempts.marking.answers import answered


def closed(seconds_ago: float, **fields) -> Answer:
    """An answer of a finished attempt that was closed so long ago."""
    answer = answered(**fields)
    answer.closed_at = database_now() - timedelta(seconds=seconds_ago)
    answer.save(update_fields=["closed_at"])
    return answer


def engines() -> list[str]:
    return list(Answer.objects.order_by("pk").values_list("engine", flat=True))
