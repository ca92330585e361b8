"""The calendar file is one as RFC 5545 has it, whatever is in it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attempts.views.home.calendar_file import Reminder, calendar_file

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = date(2026, 12, 31)


def reminder(summary="3 questions due", uid="one", day=DAY) -> Reminder:
    return Reminder(uid, day, summary, "https://example.org/")


def lines_of(file: bytes) -> list[str]:
    """The unfolded lines, read without the library that wrote them."""
    text = file.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def value_of(file: bytes, name: str) -> list[str]:
    return [line[len(name) + 1 :] for line in lines_of(file) if line.startswith(f"{name}:")]


def test_a_reminder_is_an_event_of_a_whole_day_that_rings_in_the_morning():
    lines = lines_of(calendar_file([reminder()], NOW))
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]
    assert {
        "UID:one",
        "DTSTAMP:20260302T093000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:3 questions due",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:PT9H",
    } <= set(event)
    assert [line for line in lines if line.startswith(("VERSION", "PRODID"))] == [
        "VERSION:2.0",
        "PRODID:-//Mock interview//Reminders//EN",
    ]


def test_many_reminders_are_as_many_events():
    days = [DAY + timedelta(days=n) for n in range(180)]
    file = calendar_file([reminder(uid=str(day), day=day) for day in days], NOW)
    assert value_of(file, "UID") == [str(day) for day in days]


def test_without_any_there_is_no_file():
    with pytest.raises(ValueError, match="at least one"):
        calendar_file([], NOW)


@pytest.mark.parametrize(
    ("summary", "escaped"),
    [
        ("One, two; three", r"One\, two\; three"),
        ("a \\ b", r"a \\ b"),
        ("a\nb", r"a\nb"),
        ("BEGIN:VEVENT", "BEGIN:VEVENT"),
        ("x\r\nEND:VCALENDAR", r"x\nEND:VCALENDAR"),
    ],
)
def test_texts_are_escaped(summary, escaped):
    assert value_of(calendar_file([reminder(summary)], NOW), "SUMMARY") == [escaped]


PRINTED = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


@given(summary=PRINTED)
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(summary):
    file = calendar_file([reminder(summary)], NOW)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    escaped = summary.replace("\\", r"\\").replace(",", r"\,").replace(";", r"\;")
    assert value_of(file, "SUMMARY") == [escaped]
