"""Numbers in words, the same on every page. Pure."""

from decimal import ROUND_HALF_UP, Decimal

UNKNOWN = "–"


def percent(share: float | Decimal | None) -> str:
    """A share, 0 to 1, such as "67 %", rounded half up; a dash if it is not known."""
    return UNKNOWN if share is None else f"{whole(100 * Decimal(share))} %"


def whole(score: Decimal) -> int:
    """A score, 0 to 100, as pages show it: rounded half up."""
    return int(score.quantize(Decimal(1), ROUND_HALF_UP))


def ordinal(number: int) -> str:
    """A rank, from 1, such as "1st", "22nd", "113th"."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
