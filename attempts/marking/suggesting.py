"""Suggest which key points an answer makes: outside of every lock, and without delaying anybody.

After a submit or a finish, one thread of the process suggests for the answers. The sweep finds what
a crash left undone (catch_up).
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
from questions.rules.phrasings import for_points
from quizsite.database.safely_each import safely_each

MAX_WAITING = 2
MAX_ANSWERS_A_ROUND = 200
ROUND_SECONDS = 5
"""How long catch_up may take in a round of the sweep, which has attempts to end as well."""

logger = logging.getLogger(__name__)
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="suggest")
_waiting = threading.BoundedSemaphore(MAX_WAITING)


def suggest_soon(answers: Iterable[Answer]) -> None:
    """Have the thread suggest for these answers once the transaction is committed."""
    answer_ids = [answer.pk for answer in answers if answer.is_answered and not answer.engine]
    if answer_ids:
        transaction.on_commit(lambda: _worker.submit(_suggest_all, answer_ids))


def wait_until_suggested(seconds: float) -> bool:
    """Wait until the thread has done everything it was given so far, at most this long.

    Returns whether it has. Returns False at once where MAX_WAITING threads wait already, so that
    many candidates who finish together do not occupy every thread of the server.
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
        # Nothing reads the result of this thread. The sweep tries again.
        logger.exception("Suggesting failed; the sweep will try again")
    finally:
        close_old_connections()
        connection.close()


def suggest(answer_id: int) -> bool:
    """Suggest for one answer, unless it has a suggestion already or its text changes meanwhile.

    Returns whether a suggestion was stored.
    """
    unseen = Answer.objects.filter(pk=answer_id, engine="")
    answer = unseen.select_related("version__question").first()
    if answer is None or not answer.is_answered:
        return False
    return transitions.store_suggestion(answer.pk, answer.revision, suggestion_for(answer))


def suggestion_for(answer: Answer) -> Suggestion:
    """What the engine of this process suggests for an answer now. Stores nothing.

    answer: selected with version__question.
    """
    version = answer.version
    if not scoring.is_english(answer.text):
        return Suggestion(covered=None, evidence=None, engine=scoring.engine_name())
    model = version.example_answer or version.answer  # an answer in its own words separates best
    result = scoring.score(
        version.prompt,
        version.key_points,
        model,
        answer.text,
        phrasings=for_points(version.question.phrasings, version.key_points),
    )
    return Suggestion(
        covered=[point["covered"] for point in result["points"]],
        evidence=[
            {
                "confidence": round(point["confidence"], 3),
                "text": point["evidence"],
                "opposite": point["opposite"],
            }
            for point in result["points"]
        ],
        engine=scoring.engine_name(),
    )


def catch_up(seconds: float = ROUND_SECONDS) -> int:
    """Suggest for answers of finished attempts that have no suggestion yet. Returns how many.

    After so many seconds it begins no further answer. The order is random, so that answers that
    fail every time do not keep the others waiting.
    """
    left_out = Answer.objects.awaiting_suggestion().order_by("?").values_list("pk", flat=True)
    until = time.monotonic() + seconds
    answer_ids = list(left_out[:MAX_ANSWERS_A_ROUND])
    in_time = itertools.takewhile(lambda _: time.monotonic() < until, answer_ids)
    return safely_each(suggest, in_time)
