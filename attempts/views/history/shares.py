"""Average shares of somebody's answers: by topic, and by how sure they were."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Avg, Count, F, Q

from attempts.models import FINISHED, Answer, Schedule, Sureness
from attempts.owners import Owner
from attempts.rules.numbers import whole
from attempts.rules.recall.due import EASY_FROM
from attempts.rules.recall.steps import WEAK_BELOW, is_weak

FEW = 3
"""The average of fewer questions than this says little of a topic."""


@dataclass(frozen=True)
class TopicBar:
    """share: the average of the last answers to `questions` questions of the topic, 0 to 1."""

    name: str
    slug: str
    share: Decimal
    questions: int

    @property
    def is_faint(self) -> bool:
        return self.questions < FEW

    @property
    def percent(self) -> int:
        return whole(100 * self.share)

    @property
    def level(self) -> str:
        """ "weak", "strong", or "" between them, by the shares that make a question so.

        It follows from the number that is shown, so that none contradicts its word.
        """
        share = Decimal(self.percent) / 100
        if is_weak(share):
            return "weak"
        return "strong" if share >= EASY_FROM else ""


@dataclass(frozen=True)
class SureRow:
    """Of the answers of which somebody was so sure: how many, their average share, good ones."""

    name: str
    answers: int
    share: Decimal
    good: int

    @property
    def good_share(self) -> float:
        return self.good / self.answers


def topic_bars(owner: Owner | None) -> list[TopicBar]:
    """The weakest topic first; after all others those with few questions. One statement."""
    topic = F("question__topic__name"), F("question__topic__slug")
    rows = Schedule.objects.owned_by(owner).order_by().values_list(*topic)
    averages = rows.annotate(average=Avg("share"), questions=Count("pk"))
    bars = [TopicBar(*row) for row in averages]
    return sorted(bars, key=lambda bar: (bar.is_faint, bar.share, bar.name))


def sure_rows(owner: Owner) -> list[SureRow]:
    """By how sure somebody was, the surest first, of scored answers. One statement,
    which reads nothing but the index answer_sureness.
    """
    rows = Answer.objects.filter(  # a follow-up has no share
        owner.condition("attempt__"),
        attempt__state__in=FINISHED,
        sureness__isnull=False,
        share__isnull=False,
    )
    grouped = (
        rows.order_by()
        .values("sureness")
        .annotate(
            answers=Count("sureness"),
            average=Avg("share"),
            good=Count("sureness", filter=Q(share__gte=WEAK_BELOW)),
        )
    )
    found = {row["sureness"]: row for row in grouped}
    return [
        SureRow(name, found[level]["answers"], found[level]["average"], found[level]["good"])
        for level, name in reversed(Sureness.choices)
        if level in found
    ]
