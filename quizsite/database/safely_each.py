"""Call a function for many rows: one that fails does not stop the others."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db.models import Model

from quizsite.database.lost_link import is_link_lost

logger = logging.getLogger(__name__)
T = TypeVar("T")


def safely_each(act: Callable[[T], object], each: Iterable[T]) -> int:
    """Call `act` for each. Returns how many calls succeeded; exceptions are logged.

    A call succeeds if it returns something true. `act` opens a transaction of its own. If the
    link is lost, the exception is raised, because every further call would fail too.
    """
    succeeded = 0
    for one in each:
        try:
            succeeded += bool(act(one))
        except Exception as error:
            if is_link_lost(error):
                raise
            logger.exception("%s failed", _name(one))
    return succeeded


def _name(one: object) -> str:
    """The kind and key of a row, whose title may be somebody's words; the name of a function."""
    if isinstance(one, Model):
        return f"{type(one).__name__} {one.pk}"
    return str(getattr(one, "__name__", one))
