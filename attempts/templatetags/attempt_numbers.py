"""Shares, correlations and times as the statistics show them; what is unknown is a dash."""

from django import template

register = template.Library()
UNKNOWN = "–"


@register.filter
def percent(share: float | None) -> str:
    return UNKNOWN if share is None else f"{100 * share:.0f} %"


@register.filter
def correlation(value: float | None) -> str:
    """Two decimals; with a minus sign, which a screen reader says and a hyphen is not."""
    return UNKNOWN if value is None else f"{round(value, 2) + 0:.2f}".replace("-", "−")


@register.filter
def clock(seconds: float | None) -> str:
    """Minutes and seconds, such as 3:05."""
    if seconds is None:
        return UNKNOWN
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
