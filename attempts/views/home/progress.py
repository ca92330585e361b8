"""What somebody who has practised before sees first: what is due, what is weak, how it goes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Window

from attempts.marking.open_points import score_ranges
from attempts.marking.weak_points import WeakPoint, weak_points
from attempts.models import Attempt, Schedule
from attempts.owners import Owner
from attempts.practice import choosing
from attempts.rules.progress.averages import LAST, averages, how_it_goes
from attempts.rules.recall.days_left import DaysLeft, days_left, what_they_allow
from attempts.rules.score_range import as_shown
from questions.rules.numbers import counted

MOST_WEAK = 3
PRACTICE_MINUTES = 10


@dataclass(frozen=True)
class NextPractice:
    """What the one button asks: the source of its practice, how many questions, their minutes.

    shown: how many of them the page names above it.
    """

    source: str
    questions: int
    minutes: int
    shown: int = 0
    limit: int = PRACTICE_MINUTES

    @property
    def label(self) -> str:
        if self.questions < self.shown:
            return f"Practise the first {'one' if self.questions == 1 else self.questions}"
        kind = "weak question" if self.source == "missed" else "due question"
        return f"Practise {counted(self.questions, kind)}"


@dataclass(frozen=True)
class Progress:
    """averages: in words; "" without a score. practice: None if nothing is weak or due."""

    left: DaysLeft
    weak: Sequence[WeakPoint]
    averages: str
    practice: NextPractice | None

    @property
    def allowance(self) -> str:
        return what_they_allow(self.left)

    @property
    def next_count(self) -> int:
        """How many questions are due on the next day that has any."""
        return self.left.due[self.left.next_day] if self.left.next_day else 0


def progress_of(owner: Owner | None, interview_on: date | None, now: datetime) -> Progress | None:
    """None for somebody who has finished nothing. Five statements at most."""
    mine = Schedule.objects.owned_by(owner).published()
    left = days_left(mine.by_day(interview_on, now), interview_on, now)
    spoken = _averages(owner)
    if not (left.due or spoken or Attempt.objects.owned_by(owner).finished().exists()):
        return None
    weakest = list(
        mine.weak()
        .select_related("question")
        .defer("question__phrasings")[: choosing.MOST_QUESTIONS]
    )
    shown = weak_points(weakest[:MOST_WEAK])
    practice = _practice("missed", [row.question.seconds for row in weakest], len(shown))
    if practice is None and left.due_today:
        of_due = mine.due(now, interview_on).values_list("question__seconds", flat=True)
        practice = _practice("due", list(of_due[: choosing.MOST_QUESTIONS]))
    return Progress(left, shown, spoken, practice)


def _practice(source: str, seconds: Sequence[int], shown: int = 0) -> NextPractice | None:
    """seconds: of each question that the source has, in its order."""
    if not seconds:
        return None
    asked = seconds[: choosing.fitting(seconds, PRACTICE_MINUTES)]
    return NextPractice(source, len(asked), math.ceil(sum(asked) / 60), shown)


def _averages(owner: Owner | None) -> str:
    """How the interviews went, in words; the numbers are those of "My attempts"."""
    scored = Attempt.objects.owned_by(owner).scored_interviews()
    last = list(scored.newest_first().annotate(in_all=Window(Count("pk")))[: 2 * LAST])
    if not last:
        return ""
    ranges = score_ranges(last)
    shown = [as_shown(a.score, ranges.get(a.pk)) for a in last if a.score is not None]
    found = averages(getattr(last[0], "in_all", 0), shown)
    return how_it_goes(found) if found else ""
