"""Have the model of SCORER_URL find the key points of an answer."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.conf import settings

from attempts.chat_engine.asking import find_points
from attempts.chat_engine.failures import ServerFailed, Unavailable
from attempts.chat_engine.prompt import Task
from attempts.models import Answer
from attempts.scoring import Point
from questions.rules.phrasings import for_points

REST_SECONDS = 60
"""How long a server that did not answer is left alone. Without it, one that hangs would take its
whole time-out for each answer that waits in the queue."""

logger = logging.getLogger(__name__)
_resting_until = 0.0  # on time.monotonic()
_has_failed = False
_trying_again = threading.Lock()


class Found(NamedTuple):
    """points: one for each key point. engine: name and version of what found them."""

    points: list[Point]
    engine: str


def engine_name() -> str:
    """Name and version of the model; "" if none is named."""
    return settings.SCORER.engine_name if settings.SCORER else ""


def ask(answer: Answer) -> Found | None:
    """What the model finds; None if none is named, or if its server gave no sound reply.

    answer: selected with version__question. The log tells which answer, not its text.
    """
    global _has_failed
    server = settings.SCORER
    if server is None:
        return None
    version = answer.version
    phrasings = for_points(version.question.phrasings, version.key_points)
    task = Task(answer.asked, version.key_points, answer.text, phrasings)
    try:
        found = Found(find_points(server, task), server.engine_name)
    except ServerFailed as failure:
        logger.warning("Answer %s is not checked by %s: %s.", answer.pk, server.host, failure)
        if isinstance(failure, Unavailable):
            _has_failed = True
            rest(REST_SECONDS)
        return None
    _has_failed = False
    return found


@contextmanager
def turn() -> Iterator[bool]:
    """Whether this thread may ask the server until the end of the block.

    Nobody may while it rests. After it has failed one thread tries it at a time, and the others do
    without, so that a server that hangs holds up one answer and not all.
    """
    if is_resting():
        yield False
    elif not _has_failed:
        yield True
    elif _trying_again.acquire(blocking=False):
        try:
            yield True
        finally:
            _trying_again.release()
    else:
        yield False


def is_resting() -> bool:
    """Whether the server has just failed to answer, so that who is in a hurry asks it nothing."""
    return time.monotonic() < _resting_until


def rest(seconds: float) -> None:
    """Leave the server alone for so many seconds."""
    global _resting_until
    _resting_until = time.monotonic() + seconds
