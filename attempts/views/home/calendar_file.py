"""A calendar file (iCalendar, RFC 5545) of the days on which questions are due. Values in, bytes
out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event

NINE_IN_THE_MORNING = timedelta(hours=9)


@dataclass(frozen=True)
class Reminder:
    """Something for a whole day. uid: the same for the same day each time, so that a calendar that
    takes the file again changes what it has.
    """

    uid: str
    day: date
    summary: str
    address: str


def calendar_file(reminders: Iterable[Reminder], now: datetime) -> bytes:
    """Each reminder rings at nine, and leaves its day free for other things.

    Raises ValueError without any: a calendar has at least one event.
    """
    # It takes 12 MB and a tenth of a second, and few people ask for it.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Mock interview//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for reminder in reminders:
        calendar.add_component(_event(reminder, now))
    if not calendar.subcomponents:
        raise ValueError("a calendar has at least one event")
    return bytes(calendar.to_ical())


def _event(reminder: Reminder, now: datetime) -> "Event":
    from icalendar import Alarm, Event

    event, alarm = Event(), Alarm()
    event.add("uid", reminder.uid)
    event.add("dtstamp", now)
    event.add("dtstart", reminder.day)
    event.add("dtend", reminder.day + timedelta(days=1))
    event.add("summary", reminder.summary)
    event.add("description", reminder.address)
    event.add("url", reminder.address)
    event.add("transp", "TRANSPARENT")
    alarm.add("action", "DISPLAY")
    alarm.add("description", reminder.summary)
    alarm.add("trigger", NINE_IN_THE_MORNING)
    event.add_component(alarm)
    return event
