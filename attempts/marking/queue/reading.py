"""Read what waits, one claimed answer after the other."""

import itertools
import logging
import traceback
from collections.abc import Callable

from attempts.marking.queue import claims
from attempts.marking.suggesting import suggest
from quizsite.database.lost_link import is_link_lost

logger = logging.getLogger(__name__)


class Held:
    """The answers that this process has claimed and not given back."""

    def __init__(self) -> None:
        self.ids: set[int] = set()

    def give_back(self) -> None:
        """Free for any process, at once instead of when the claims end."""
        if ids := list(self.ids):
            claims.release(ids)
            self.ids.difference_update(ids)


def read_waiting(
    goes_on: Callable[[], bool] = lambda: True,
    *,
    recent: bool = False,
    asks_model: bool = True,
    held: Held | None = None,
) -> int:
    """Suggest for the answers that wait, until none is left or it is told to end. Returns for how
    many.

    In turn the one that was closed last, whose candidate is probably looking, and the one that has
    waited longest. One that fails is put off, and the error logged. Raises the error where the
    database is away: then `held` has the answer that was being read.
    """
    done = 0
    held = held or Held()
    for newest in itertools.cycle((True, False)):
        if not goes_on():
            break
        answer_id = claims.claim(newest=newest, recent=recent)
        if answer_id is None:
            break
        done += _read(answer_id, asks_model, held)
    return done


def _read(answer_id: int, asks_model: bool, held: Held) -> bool:
    held.ids.add(answer_id)
    is_stored = False
    try:
        is_stored = suggest(answer_id, asks_model=asks_model)
    except Exception as error:
        if is_link_lost(error):
            raise
        what = "Answer %s could not be checked, and is tried again later: %s"
        logger.error(what, answer_id, _in_short(error))
        claims.put_off(answer_id)
    else:
        if is_stored:
            claims.release([answer_id])
        else:  # its text has changed, or it is gone
            claims.put_off(answer_id, claims.CHANGED_SECONDS)
    held.ids.discard(answer_id)
    return is_stored


def _in_short(error: Exception) -> str:
    """What kind of error, and where. Its message could hold the candidate's text."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {last.name}, {last.filename}:{last.lineno}"
