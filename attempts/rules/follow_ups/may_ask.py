"""Whether a follow-up may come after an answer at all. Pure."""

from collections.abc import Sequence
from datetime import datetime


def may_follow(
    position: int, *, most: int, others: Sequence[int], bell: datetime | None, now: datetime
) -> bool:
    """Whether a follow-up may be asked after the answer at `position`, which is submitted now.

    most: follow-ups that a question may have. others: the positions of those that it has. None
    comes after the bell, and none before one that is there and waits for its turn again. bell: of
    the answer; None: it has none.
    """
    has_rung = bell is not None and bell <= now
    waits = any(other > position for other in others)
    return len(others) < most and not waits and not has_rung
