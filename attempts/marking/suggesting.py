"""Suggest which key points an answer makes: outside of every lock, and without delaying anybody.

After a submit or a finish, one thread of the process suggests for the answers. The sweep finds what
a crash left undone (catch_up).
"""

import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context

from django.db import close_old_connections, connection, transaction

from attempts import scoring, transitions
from attempts.marking import model_server
from attempts.marking.claims import claimed
from attempts.marking.example_sentences import example_sentences
from attempts.marking.model_server import Found
from attempts.models import Answer, Suggestion
from attempts.scoring import Point
from questions.models import QuestionVersion
from questions.rules.phrasings import for_points
from quizsite.database.safely_each import safely_each
from quizsite.metrics.interviews import reading_answer

MAX_WAITING = 2
MAX_ANSWERS_A_ROUND = 200
ROUND_SECONDS = 5
"""How long catch_up may take in a round of the sweep, which has attempts to end as well."""

logger = logging.getLogger(__name__)
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="suggest")
_waiting = threading.BoundedSemaphore(MAX_WAITING)

_queue_lock = threading.Lock()
_queued: set[int] = set()
"""Ids of answers that the thread was given and has not begun with."""
_last_task: Future[None] | None = None


def suggest_soon(answers: Iterable[Answer]) -> None:
    """Have the thread suggest for these answers once the transaction is committed.

    An answer that waits in its queue already is not put there again, however often this is called.
    """
    answer_ids = [answer.pk for answer in answers if answer.is_answered and not answer.engine]
    if answer_ids:
        transaction.on_commit(lambda: _put_in_queue(answer_ids))


def _put_in_queue(answer_ids: list[int]) -> None:
    with _queue_lock:
        new = [answer_id for answer_id in answer_ids if answer_id not in _queued]
        if new:
            _queued.update(new)
            if not _give_to_thread(_suggest_all, new):
                _queued.difference_update(new)


def find_sentences_soon(versions: Iterable[QuestionVersion]) -> None:
    """Have the thread find the sentences of these examples, after what it was given before."""
    version_ids = [version.pk for version in versions]
    if version_ids:
        transaction.on_commit(lambda: _find_in_thread(version_ids))


def _find_in_thread(version_ids: list[int]) -> None:
    with _queue_lock:
        _give_to_thread(_find_sentences, version_ids)


def _give_to_thread(act: Callable[[list[int]], None], ids: list[int]) -> bool:
    """Whether the thread has it. It has not while the server stops, nor where none can be started:
    what was submitted is stored by then, and the sweep finds it.
    """
    global _last_task
    try:
        _last_task = _worker.submit(copy_context().run, act, ids)
    except RuntimeError as failure:
        logger.warning("Nothing is suggested now; the sweep will try again: %s", failure)
        return False
    return True


def _find_sentences(version_ids: list[int]) -> None:
    versions = QuestionVersion.objects.filter(pk__in=version_ids).select_related("question")
    _in_thread(lambda: safely_each(example_sentences, versions))


def wait_until_suggested(seconds: float) -> bool:
    """Wait until the thread has done everything it was given so far, at most this long.

    Returns whether it has. Returns False at once where MAX_WAITING threads wait already, so that
    many candidates who finish together do not occupy every thread of the server.
    """
    if not _waiting.acquire(blocking=False):
        return False
    try:
        # No task of its own, which would stay in the queue when this gives up.
        return not wait([_last_task] if _last_task else [], seconds).not_done
    finally:
        _waiting.release()


def _suggest_all(answer_ids: list[int]) -> None:
    try:
        _in_thread(lambda: safely_each(_suggest_next, answer_ids))
    finally:
        with _queue_lock:
            _queued.difference_update(answer_ids)


def _in_thread(act: Callable[[], object]) -> None:
    try:
        act()
    except Exception:
        # Nothing reads the result of this thread. The sweep tries again.
        logger.exception("Suggesting failed; the sweep will try again")
    finally:
        close_old_connections()
        connection.close()


def _suggest_next(answer_id: int) -> bool:
    """From here on the answer may be put in the queue again, because its text may change now."""
    with _queue_lock:
        _queued.discard(answer_id)
    return suggest(answer_id)


def suggest(answer_id: int, *, asks_model: bool = True) -> bool:
    """Suggest for one answer, unless it has a suggestion already or its text changes meanwhile.

    Nor if another process is at it. Returns whether a suggestion was stored.
    """
    with claimed(answer_id) as is_ours:
        return is_ours and _suggest(answer_id, asks_model and not model_server.is_resting())


def _suggest(answer_id: int, asks_model: bool) -> bool:
    unseen = Answer.objects.filter(pk=answer_id, engine="")
    answer = unseen.select_related("version__question").first()
    if answer is None or not answer.is_answered:
        return False
    suggestion = suggestion_for(answer, asks_model=asks_model)
    return transitions.store_suggestion(answer.pk, answer.revision, suggestion)


def suggestion_for(answer: Answer, *, asks_model: bool = True) -> Suggestion:
    """What is suggested for an answer now. Stores nothing.

    answer: selected with version__question. The model of SCORER_URL is asked if there is one, which
    may take long. Without it, where it gives no sound reply, and if asks_model is False, the engine
    of this process compares; it suggests nothing for an answer in another language than English.
    """
    with reading_answer() as reading:
        found = (model_server.ask(answer) if asks_model else None) or _compare(answer)
        reading.engine = found.engine if found else "none"
    if found is None:
        return Suggestion(covered=None, evidence=None, engine=scoring.engine_name())
    return as_suggestion(found.points, found.engine)


def as_suggestion(points: Sequence[Point], engine: str) -> Suggestion:
    """What an engine found, as it is stored."""
    return Suggestion(
        covered=[point["covered"] for point in points],
        evidence=[
            {
                "confidence": round(point["confidence"], 3),
                "text": point["evidence"],
                "opposite": point["opposite"],
            }
            for point in points
        ],
        engine=engine,
    )


def _compare(answer: Answer) -> Found | None:
    """None if the answer is clearly not in English."""
    if not scoring.is_english(answer.text):
        return None
    version = answer.version
    result = scoring.score(
        answer.asked,  # what the question says itself, or the follow-up, makes no point
        version.key_points,
        version.example_answer or version.answer,  # an answer in its own words separates best
        answer.text,
        phrasings=for_points(version.question.phrasings, version.key_points),
    )
    return Found(result["points"], scoring.engine_name())


def engine_name() -> str:
    """Name and version of the engine that is asked first now."""
    return model_server.engine_name() or scoring.engine_name()


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
