"""How many questions each way into practice has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, FilteredRelation, Q

from attempts.models import Schedule
from attempts.owners import Owner
from attempts.rules.recall.steps import WEAK_BELOW
from questions.models import Question


@dataclass(frozen=True)
class TopicToPractise:
    """A topic with how many questions it has, for how many of them their owner has a scored
    answer, and how many of these are weak."""

    pk: int
    name: str
    questions: int
    tried: int
    weak: int

    @property
    def not_tried(self) -> int:
        return self.questions - self.tried


@dataclass(frozen=True)
class WaysIn:
    """due: how many questions are due today."""

    due: int
    topics: Sequence[TopicToPractise]

    @property
    def missed(self) -> int:
        """How many questions are weak."""
        return sum(topic.weak for topic in self.topics)


def ways_in(owner: Owner | None, now: datetime, interview_on: date | None) -> WaysIn:
    """Two statements, or one for a stranger."""
    if owner is None:
        return WaysIn(0, _topics(None))
    due = Schedule.objects.owned_by(owner).published().due(now, interview_on)
    return WaysIn(due.count(), _topics(owner))


def _topics(owner: Owner | None) -> list[TopicToPractise]:
    """All topics with a published question, in their order."""
    is_mine = owner.condition("schedules__") if owner else Q(schedules__pk=None)
    of_topic = (
        Question.objects.published()
        .annotate(mine=FilteredRelation("schedules", condition=is_mine))
        .values("topic", "topic__name")
        .annotate(
            questions=Count("pk"),
            tried=Count("mine"),
            weak=Count("mine", filter=Q(mine__share__lt=WEAK_BELOW)),
        )
        .order_by("topic__position", "topic__name")
    )
    columns = of_topic.values_list("topic", "topic__name", "questions", "tried", "weak")
    return [TopicToPractise(*row) for row in columns]
