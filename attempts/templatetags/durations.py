"""Times in words and on a clock face."""

import math
from datetime import timedelta

from django import template

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
def about(span: timedelta) -> str:
    """Time left on a page that does not count down: "about 15 min", rounded up."""
    return f"about {math.ceil(span / timedelta(minutes=1))} min"


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
