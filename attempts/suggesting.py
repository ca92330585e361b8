"""Suggest which key points an answer makes: outside every lock, never in anybody's way.

A submit and a finish hand their answers to one thread of the process. What a crash leaves
undone, the sweep finds (catch_up).
"""

import logging
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections, connection, transaction

from attempts import scoring, transitions
from attempts.models import Answer, Suggestion

MOST_WAITING = 2

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
        for pk in answer_ids:
            suggest(pk)
    except Exception:
        # Nobody waits for this thread; the sweep tries again.
        logger.exception("no suggestion for now")
    finally:
        close_old_connections()
        connection.close()


def suggest(answer_id: int) -> None:
    """Suggest the points of one answer, unless its text changes meanwhile."""
    answer = Answer.objects.select_related("version").filter(pk=answer_id).first()
    if answer is not None and answer.is_answered:
        transitions.store_suggestion(answer.pk, answer.revision, suggestion_for(answer))


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


def catch_up(most: int = 200) -> int:
    """Suggest for answers of finished attempts that were left out. Returns how many."""
    left_out = Answer.objects.awaiting_suggestion().values_list("pk", flat=True)[:most]
    for pk in list(left_out):
        suggest(pk)
    return len(left_out)
