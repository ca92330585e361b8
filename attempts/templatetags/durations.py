"""Times in words, on a clock face, and as HTML has them."""

import math
from datetime import UTC, datetime, timedelta

from django import template

from attempts.models import Attempt
from attempts.rules.numbers import percent

register = template.Library()


@register.filter
def in_words(span: timedelta | float | None) -> str:
    """A timedelta or seconds: "45 s", "3 min", "13 min 40 s", "1 h 5 min"."""
    if span is None:
        return "no limit"
    seconds = round(span.total_seconds() if isinstance(span, timedelta) else span)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    if minutes:
        return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"
    return f"{seconds} s"


@register.filter
def to_most(span: timedelta | float, most: timedelta | float) -> str:
    """From a time up to a longer one: "15 to 18 min", "13 min 40 s to 18 min 40 s"; or "15 min"."""
    least, longest = in_words(span), in_words(most)
    if least == longest:
        return least
    number, _, unit = least.partition(" ")
    shares_unit = " " not in unit and longest.partition(" ")[2] == unit
    return f"{number if shares_unit else least} to {longest}"


@register.filter
def about(span: timedelta, most: timedelta | None = None) -> str:
    """Time left on a page that does not count down: "about 15 min", rounded up.

    most: it may be as long as that: "about 15 to 18 min".
    """
    least, longest = (math.ceil(each / timedelta(minutes=1)) for each in (span, most or span))
    return f"about {least} to {longest} min" if longest > least else f"about {least} min"


@register.filter
def clock_face(span: timedelta | None) -> str:
    """Time left as the timer shows it: minutes until the last five, then m:ss; "+0:12" after.

    Rounded up, so that it shows the same as the page's script.
    """
    if span is None:
        return "no limit"
    seconds = math.ceil(span.total_seconds())
    if seconds > 300:
        return f"{math.ceil(seconds / 60)} min"
    sign, seconds = ("+", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 60}:{seconds % 60:02d}"


@register.filter
def instant(at: datetime | None) -> str:
    """For the attribute datetime: UTC and whole seconds, because HTML knows no millionths."""
    return "" if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@register.filter
def pace(attempt: Attempt) -> str:
    """How much time the candidate chose, in words; "" if it was the standard time."""
    factor = attempt.time_factor
    if attempt.untimed:
        return "without a time limit"
    if factor == 1:
        return ""
    if factor < 2:
        return f"with {percent(factor - 1)} more time"
    return f"with {factor.normalize():f} times the standard time"
