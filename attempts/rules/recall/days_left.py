"""On which days questions are due, and what the days before an interview allow. Pure.

A day is one in UTC, as in `due`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from attempts.rules.recall.due import last_day, to_come
from questions.rules.numbers import counted


@dataclass(frozen=True)
class DueQuestions:
    """How many questions are due on a day, as their answers alone have it.

    answered_late: they were answered on the last day to practise for the interview, or later.
    """

    day: date
    answered_late: bool
    count: int


@dataclass(frozen=True)
class DaysLeft:
    """due: by day, in order, the number of questions; what was due before today is due today.
    interview_on: None without an interview to come.
    """

    today: date
    due: Mapping[date, int]
    interview_on: date | None = None

    @property
    def due_today(self) -> int:
        return self.due.get(self.today, 0)

    @property
    def next_day(self) -> date | None:
        """The first day after today on which something is due."""
        return next((day for day in self.due if day > self.today), None)

    @property
    def days(self) -> int | None:
        """Days left to practise, today included; 0 on the day of the interview."""
        return None if self.interview_on is None else (self.interview_on - self.today).days

    @property
    def in_all(self) -> int:
        return sum(self.due.values())


def days_left(
    questions: Iterable[DueQuestions], interview_on: date | None, now: datetime
) -> DaysLeft:
    """With an interview to come nothing is due after the day before it, nor anything that was
    answered on that day or later; attempts.rules.recall.due.next_due says the same of one question.
    """
    today, interview_on = now.astimezone(UTC).date(), to_come(interview_on, now)
    due: Counter[date] = Counter()
    for some in questions:
        day = some.day
        if interview_on:
            if some.answered_late:
                continue
            day = min(day, last_day(interview_on).date())
        due[max(day, today)] += some.count
    return DaysLeft(today, dict(sorted(due.items())), interview_on)


def what_they_allow(left: DaysLeft) -> str:
    """The days left and what is due in them, as one sentence; "" without an interview to come."""
    if left.days is None:
        return ""
    if left.days == 0:
        return "Your interview is today."
    days = f"{counted(left.days, 'day')} left"
    if not left.in_all:
        return f"{days}: no question is due before it."
    questions = f"{counted(left.in_all, 'question')} due before it"
    return f"{days}: {questions}{_a_day(left.in_all, left.days)}."


def _a_day(questions: int, days: int) -> str:
    """How many questions that makes a day; "" where that says nothing.

    So it does with fewer questions than days: all of them may be due tomorrow.
    """
    if days == 1 or questions < days:
        return ""
    each, rest = divmod(questions, days)
    if rest:
        return f", about {each + 1} a day"
    return f", {'one' if each == 1 else each} a day"
