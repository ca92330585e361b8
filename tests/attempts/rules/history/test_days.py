from datetime import date, timedelta

import pytest

from attempts.rules.history.days import WEEKS, Day, calendar_of, first_day

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize("number", range(7))
def test_a_calendar_is_of_whole_weeks_up_to_today(number):
    today = MONDAY + timedelta(days=number)
    weeks = calendar_of({}, today).weeks
    assert len(weeks) == WEEKS
    assert [len(week) for week in weeks] == [7] * (WEEKS - 1) + [number + 1]
    assert weeks[-1][-1].on == today
    assert {week[0].on.weekday() for week in weeks} == {0}
    assert weeks[0][0].on == first_day(today)


def test_days_in_order_each_once_with_what_was_done():
    counts = {MONDAY: 3, MONDAY - timedelta(days=1): 1, MONDAY - timedelta(days=400): 9}
    calendar = calendar_of(counts, MONDAY)
    days = [day.on for week in calendar.weeks for day in week]
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert calendar.practised == [Day(MONDAY, 3), Day(MONDAY - timedelta(days=1), 1)]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, "You practised on 0 days of the last 26 weeks."),
        ({MONDAY: 2}, "You practised on 1 day of the last 26 weeks."),
        ({MONDAY: 2, date(2026, 1, 1): 1}, "You practised on 2 days of the last 26 weeks."),
    ],
)
def test_in_words(counts, words):
    assert calendar_of(counts, MONDAY).in_words == words
