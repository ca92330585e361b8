"""How far somebody is with a question: four steps, by the shares of the last two answers. Pure."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from attempts.rules.recall.due import EASY_FROM, GOOD_FROM, Review

WEAK_BELOW = GOOD_FROM
"""A question whose last answer has a smaller share is weak."""

WEAK = "Weak: your last answer made under 60 % of the key points."
"""The same for the pages."""


class Step(StrEnum):
    NOT_TRIED = "not tried"
    STARTED = "started"
    SOLID = "solid"
    STRONG = "strong"


RULE = (
    "Not tried: no answer with a score yet. Started: your last answer made under 60 % of the"
    " key points. Solid: your last answer made at least 60 %. Strong: your last two answers made at"
    " least 85 %, on two different days."
)
"""What step_of does, in the words of the pages."""


def step_of(last: Review | None, before: Review | None) -> Step:
    """last, before: the last answer to the question and the one before it; None where none is."""
    if last is None:
        return Step.NOT_TRIED
    if last.share < GOOD_FROM:
        return Step.STARTED
    if before is not None and _is_strong(last, before):
        return Step.STRONG
    return Step.SOLID


def _is_strong(last: Review, before: Review) -> bool:
    return min(last.share, before.share) >= EASY_FROM and _day(last.at) != _day(before.at)


def _day(at: datetime) -> int:
    return at.toordinal()


def is_weak(share: Decimal | None) -> bool:
    """share: of the last answer; None if there is none, which is not weak but not tried."""
    return share is not None and share < WEAK_BELOW
