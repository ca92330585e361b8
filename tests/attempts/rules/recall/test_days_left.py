"""On which days questions are due, and what the days before an interview allow."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attempts.rules.recall.days_left import DaysLeft, DueQuestions, days_left, what_they_allow
from attempts.rules.recall.due import last_day, next_due

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()


def day(number: int) -> date:
    """So many days after today."""
    return TODAY + timedelta(days=number)


def due(*rows: tuple[int, int]) -> list[DueQuestions]:
    return [DueQuestions(day(number), False, count) for number, count in rows]


@pytest.mark.parametrize(
    ("questions", "interview", "by_day"),
    [
        ([], None, {}),
        (due((3, 2), (1, 1)), None, {1: 1, 3: 2}),
        (due((-4, 2), (0, 1)), None, {0: 3}),  # what is overdue is due today
        (due((1, 1), (30, 4)), 9, {1: 1, 8: 4}),  # nothing after the day before the interview
        (due((1, 1), (30, 4)), 1, {0: 5}),
        (due((1, 1), (30, 4)), 0, {0: 5}),
        (due((30, 4)), -1, {30: 4}),  # it is over
        ([DueQuestions(day(8), True, 4)], 1, {}),  # answered on the last day
        ([DueQuestions(day(8), True, 4)], None, {8: 4}),
    ],
)
def test_the_days_on_which_questions_are_due(questions, interview, by_day):
    interview_on = None if interview is None else day(interview)
    left = days_left(questions, interview_on, NOW)
    assert list(left.due.items()) == [(day(number), count) for number, count in by_day.items()]
    assert left.in_all == sum(by_day.values())
    assert left.due_today == by_day.get(0, 0)
    assert left.next_day == next((day(number) for number in by_day if number), None)


@given(
    answers=st.lists(st.tuples(st.integers(-40, 40), st.integers(24, 900)), max_size=8),
    interview=st.none() | st.integers(-2, 20),
)
def test_the_days_are_those_of_the_questions_one_by_one(answers, interview):
    """answers: the hour of each, and after how many hours it is due again."""
    interview_on = None if interview is None else day(interview)
    expected: Counter[date] = Counter()
    counted = []
    for hour, rest in answers:
        answered_at = NOW + timedelta(hours=hour)
        due_at = answered_at + timedelta(hours=rest)
        late = interview_on is not None and answered_at >= last_day(interview_on)
        counted.append(DueQuestions(due_at.date(), late, 1))
        if (shown := next_due(due_at, answered_at, interview_on, NOW)) is not None:
            expected[max(shown.date(), TODAY)] += 1
    assert days_left(counted, interview_on, NOW).due == expected


@pytest.mark.parametrize(
    ("days", "in_all", "words"),
    [
        (None, 5, ""),
        (0, 5, "Your interview is today."),
        (1, 0, "1 day left: no question is due before it."),
        (1, 3, "1 day left: 3 questions due before it."),
        (9, 0, "9 days left: no question is due before it."),
        (9, 14, "9 days left: 14 questions due before it, about 2 a day."),
        (9, 19, "9 days left: 19 questions due before it, about 3 a day."),
        (9, 18, "9 days left: 18 questions due before it, 2 a day."),
        (9, 9, "9 days left: 9 questions due before it, one a day."),
        (9, 7, "9 days left: 7 questions due before it."),
        (9, 3, "9 days left: 3 questions due before it."),
        (9, 1, "9 days left: 1 question due before it."),
    ],
)
def test_what_the_days_left_allow_in_words(days, in_all, words):
    due = {TODAY: in_all} if in_all else {}
    interview_on = None if days is None else day(days)
    assert what_they_allow(DaysLeft(TODAY, due, interview_on)) == words


def test_a_day_begins_at_midnight_utc():
    evening = datetime.fromisoformat("2026-03-02T20:00-08:00")
    assert days_left([], day(1), evening).days == 0
