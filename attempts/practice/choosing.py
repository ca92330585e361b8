"""Which questions a practice asks, for each way in. Only published ones."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import accumulate

from attempts.models import Answer, Attempt, Schedule
from attempts.models.answers.seen import when_seen
from attempts.owners import Owner
from attempts.rules.recall.steps import is_weak
from questions.models import Question, Status

MOST_QUESTIONS = 10
"""A practice asks no more, so that its end is in sight."""


def due(owner: Owner | None, now: datetime, interview_on: date | None) -> list[int]:
    """The ids of the questions that are due; longest due first."""
    mine = Schedule.objects.owned_by(owner).due(now, interview_on)
    return list(mine.published().values_list("question", flat=True))


def missed(owner: Owner | None) -> list[int]:
    """The ids of the weak questions: the lowest share first, of equals the oldest answer."""
    mine = Schedule.objects.owned_by(owner).published()
    return list(mine.weak().values_list("question", flat=True))


def of_topic(owner: Owner | None, topic_id: int) -> list[int]:
    """The ids of a topic's questions: those never asked, then the lowest share and oldest first."""
    asked = {pk: seen_at.timestamp() for pk, seen_at in when_seen(owner).items()}
    mine = Schedule.objects.owned_by(owner).filter(question__topic=topic_id)
    shares = dict(mine.values_list("question", "share"))
    in_topic = Question.objects.published().filter(topic=topic_id).values_list("pk", flat=True)

    def place(pk: int) -> tuple[bool, Decimal, float]:
        return pk in asked, shares.get(pk, Decimal()), asked.get(pk, 0)

    return sorted(in_topic.order_by("position", "slug"), key=place)


def weak_ones(attempt: Attempt, answers: Iterable[Answer]) -> list[int]:
    """The ids of the questions that a finished attempt made less than 60 % of; the lowest first.

    A question without an answer counts as nothing made; one that still waits for a check or for
    ticks is left out. answers: with their versions and questions.
    """
    to_questions = [a for a in answers if not a.is_follow_up]
    asked = [(_share(a), a.position, a.version.question) for a in to_questions]
    if not attempt.is_finished:
        return []
    weak = sorted(
        (s, place, q.pk) for s, place, q in asked if is_weak(s) and q.status == Status.PUBLISHED
    )
    return [pk for _, _, pk in weak]


def _share(answer: Answer) -> Decimal | None:
    return answer.share if answer.is_answered else Decimal()


def shortened(question_ids: Sequence[int], minutes: int | None = None) -> list[int]:
    """The first of them: at most MOST_QUESTIONS; and at least one, but no more than fit into the
    minutes by their clocks."""
    first = list(question_ids[:MOST_QUESTIONS])
    if minutes is None:
        return first
    seconds = dict(Question.objects.filter(pk__in=first).values_list("pk", "seconds"))
    return first[: fitting([seconds[pk] for pk in first], minutes)]


def fitting(seconds: Sequence[int], minutes: int) -> int:
    """How many of the first questions fit into the minutes by their clocks, at least one."""
    return max(sum(used <= minutes * 60 for used in accumulate(seconds)), 1)
