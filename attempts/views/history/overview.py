"""How somebody's attempts go: the trend, the topics, the days, and how often sure was right."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import ClassVar

from django.db.models import Count, Window
from django.db.models.functions import TruncDate
from django.utils import timezone

from attempts.models import Attempt
from attempts.owners import Owner
from attempts.rules.history.days import calendar_of, first_day
from attempts.rules.progress.averages import LAST, Averages, averages, how_it_goes
from attempts.rules.recall.steps import WEAK_BELOW
from attempts.views.history.calendar_picture import CalendarPicture
from attempts.views.history.rows import ScoreRanges
from attempts.views.history.shares import FEW, SureRow, TopicBar, sure_rows
from attempts.views.history.trend_picture import Scored, TrendPicture, trend_picture

MOST_POINTS = 30
"""As many interviews as a wide picture has room for, with points that a finger can press."""

MOST_POINTS_NARROW = 12


@dataclass(frozen=True)
class Overview:
    """interviews: those of the picture, newest first. in_all: how many scored ones there are.
    averages: None without any.

    zone: the name of the time zone in which days are counted.
    """

    interviews: list[Scored]
    in_all: int
    averages: Averages | None
    topics: list[TopicBar]
    calendar: CalendarPicture
    zone: str
    sureness: list[SureRow]

    few: ClassVar = FEW
    good_from: ClassVar = WEAK_BELOW

    @property
    def in_words(self) -> str:
        """The trend, as the home page has it too."""
        return how_it_goes(self.averages) if self.averages else ""

    @property
    def is_settled(self) -> bool:
        """Whether no score of the picture can still change by checking its points."""
        return all(scored.score_range is None for scored in self.interviews)

    @property
    def wide(self) -> TrendPicture | None:
        return trend_picture(self.interviews, self.averages, width=1000) if self.averages else None

    @property
    def narrow(self) -> TrendPicture | None:
        newest = self.interviews[:MOST_POINTS_NARROW]
        return trend_picture(newest, self.averages, width=350) if self.averages else None


def newest_interviews(owner: Owner) -> list[Attempt]:
    """The scored interviews for the picture, newest first, each with their number as `in_all`.

    Practice asks one question at a time, so its scores are no part of the trend.
    """
    scored = Attempt.objects.owned_by(owner).scored_interviews()
    return list(scored.annotate(in_all=Window(Count("pk"))).newest_first()[:MOST_POINTS])


def overview_of(
    owner: Owner,
    interviews: list[Attempt],
    ranges: ScoreRanges,
    topics: list[TopicBar],
    now: datetime,
) -> Overview:
    """interviews: as newest_interviews returns them; ranges: of their scores. Two statements."""
    shown = [
        Scored(attempt, attempt.score, ranges.get(attempt.pk))
        for attempt in interviews
        if attempt.score is not None
    ]
    in_all: int = getattr(interviews[0], "in_all", 0) if interviews else 0
    return Overview(
        interviews=shown,
        in_all=in_all,
        averages=averages(in_all, [scored.shown for scored in shown[: 2 * LAST]]),
        topics=topics,
        calendar=_calendar(owner, now),
        zone=now.astimezone(timezone.get_current_timezone()).tzname() or "",
        sureness=sure_rows(owner),
    )


def _calendar(owner: Owner, now: datetime) -> CalendarPicture:
    """Days are those of the site's time zone: what a page without scripts shows."""
    zone = timezone.get_current_timezone()
    today = now.astimezone(zone).date()
    since = datetime.combine(first_day(today), time(), zone)
    ended = Attempt.objects.owned_by(owner).finished().filter(finished_at__gte=since)
    days = ended.order_by().values_list(TruncDate("finished_at")).annotate(Count("pk"))
    return CalendarPicture(calendar_of(dict(days), today))
