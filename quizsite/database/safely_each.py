"""Many rows, one by one: one that can't be done keeps no other one waiting."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

logger = logging.getLogger(__name__)


def safely_each(act: Callable[[Any], Any], each: Iterable) -> int:
    """Call `act` for each. Returns for how many it says yes; what it raises stands in the log.

    Raises only where the connection itself is gone, for then it fails for all. `act` brings a
    transaction of its own.
    """
    done = 0
    for one in each:
        try:
            done += bool(act(one))
        except Exception:
            if not connection.is_usable():
                raise
            logger.exception("%s failed and is left for now", one)
    return done
