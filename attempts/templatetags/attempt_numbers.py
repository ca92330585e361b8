"""Shares, ranks, correlations and times as pages show them; a dash if one is unknown."""

from django import template

from attempts.rules.numbers import UNKNOWN, ordinal, percent
from attempts.rules.totals import WHAT_ASKED_IS_WORTH

register = template.Library()
register.filter("percent", percent)
register.filter("ordinal", ordinal)


@register.simple_tag
def what_asked_is_worth() -> str:
    """What a point is worth that is made only in the answer to a follow-up."""
    return WHAT_ASKED_IS_WORTH


@register.filter
def correlation(value: float | None) -> str:
    """Two decimals, with a minus sign, because a screen reader does not say a hyphen."""
    return UNKNOWN if value is None else f"{round(value, 2) + 0:.2f}".replace("-", "−")


@register.filter
def clock(seconds: float | None) -> str:
    """Minutes and seconds, such as 3:05."""
    if seconds is None:
        return UNKNOWN
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
