"""Suggest which key points an answer makes: outside every lock, never in anybody's way.

A submit and a finish hand their answers to one thread of the process. What a crash leaves
undone, the sweep finds (catch_up).
"""

import itertools
import logging
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections, connection, transaction

from attempts import scoring, transitions
from attempts.models import Answer, Suggestion
from quizsite.database.safely_each import safely_each

MOST_WAITING = 2
MOST = 200
ROUND_SECONDS = 5
"""Of the sweep: a round has attempts to end as well."""

logger = logging.getLogger(__name__)
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="suggest")
_waiting = threading.BoundedSemaphore(MOST_WAITING)


def suggest_soon(answers: Iterable[Answer]) -> None:
    """Have these answers looked at once the transaction is committed."""
    waiting = [answer.pk for answer in answers if answer.is_answered and not answer.engine]
    if waiting:
        transaction.on_commit(lambda: _worker.submit(_suggest_all, waiting))


def settled_within(seconds: float) -> bool:
    """Wait until all that was handed over has been looked at, but no longer than that.

    False at once where others wait already, so that a crowd that finishes together does not keep
    every thread of the server from its work.
    """
    if not _waiting.acquire(blocking=False):
        return False
    try:
        _worker.submit(lambda: None).result(seconds)
    except TimeoutError:
        return False
    finally:
        _waiting.release()
    return True


def _suggest_all(answer_ids: list[int]) -> None:
    try:
        safely_each(suggest, answer_ids)
    except Exception:
        # Nobody waits for this thread; the sweep tries again.
        logger.exception("no suggestion for now")
    finally:
        close_old_connections()
        connection.close()


def suggest(answer_id: int) -> bool:
    """Suggest the points of one answer, unless that is done or its text changes meanwhile.

    Returns whether it did.
    """
    answer = Answer.objects.select_related("version").filter(pk=answer_id, engine="").first()
    if answer is None or not answer.is_answered:
        return False
    return transitions.store_suggestion(answer.pk, answer.revision, suggestion_for(answer))


def suggestion_for(answer: Answer) -> Suggestion:
    """What the engine of this process says now about an answer."""
    version = answer.version
    model = version.example_answer or version.answer  # one in its own words separates best
    found = scoring.score(version.prompt, version.key_points, model, answer.text)
    return Suggestion(
        covered=[point["covered"] for point in found["points"]],
        evidence=[
            {"confidence": round(point["confidence"], 3), "text": point["evidence"]}
            for point in found["points"]
        ],
        engine=scoring.engine_name(),
    )


def catch_up(seconds: float = ROUND_SECONDS) -> int:
    """Suggest for answers of finished attempts that were left out. Returns for how many.

    Begins none after so many seconds. In no order, so that those which can't be taken stand in
    nobody's way.
    """
    left_out = Answer.objects.awaiting_suggestion().order_by("?").values_list("pk", flat=True)
    until = time.monotonic() + seconds
    in_time = itertools.takewhile(lambda _: time.monotonic() < until, list(left_out[:MOST]))
    return safely_each(suggest, in_time)
