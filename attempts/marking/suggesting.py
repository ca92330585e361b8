"""Suggest which key points an answer makes: outside of every lock, and without delaying anybody.

`attempts.marking.queue` has the processes that do so for whatever waits.
"""

import logging
import time
from collections.abc import Sequence

from attempts import scoring, transitions
from attempts.marking import model_server
from attempts.marking.model_server import Found
from attempts.models import Answer, Suggestion
from attempts.scoring import Point
from attempts.scoring_process import beside
from questions.rules.phrasings import for_points
from quizsite.metrics.interviews import reading_answer

logger = logging.getLogger(__name__)


def suggest(answer_id: int, *, asks_model: bool = True) -> bool:
    """Suggest for one answer, unless it has a suggestion already or its text changes meanwhile.

    Returns whether a suggestion was stored. Then the log says how long it took, without the text.
    """
    began = time.monotonic()
    unseen = Answer.objects.filter(pk=answer_id, engine="")
    answer = unseen.select_related("version__question").first()
    if answer is None or not answer.is_answered:
        return False
    with model_server.turn() as is_ours:
        suggestion = suggestion_for(answer, asks_model=asks_model and is_ours)
    is_stored = transitions.store_suggestion(answer.pk, answer.revision, suggestion)
    if is_stored:
        took, engine = round(1000 * (time.monotonic() - began)), suggestion.engine
        told = {"answer": answer.pk, "engine": engine, "milliseconds": took}
        logger.info("Answer %s was checked by %s in %s ms", answer.pk, engine, took, extra=told)
    return is_stored


def suggestion_for(answer: Answer, *, asks_model: bool = True) -> Suggestion:
    """What is suggested for an answer now. Stores nothing.

    answer: selected with version__question. The model of SCORER_URL is asked if there is one, which
    may take long. Without it, where it gives no sound reply, and if asks_model is False, the engine
    of the site compares; it suggests nothing for an answer in another language than English.
    """
    with reading_answer() as reading:
        found = (model_server.ask(answer) if asks_model else None) or _compare(answer)
        reading.engine = found.engine if found else "none"
    if found is None:
        return Suggestion(covered=None, evidence=None, engine=beside.engine_name())
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
    result = beside.score(
        answer.asked,  # what the question says itself, or the follow-up, makes no point
        version.key_points,
        version.example_answer or version.answer,  # an answer in its own words separates best
        answer.text,
        phrasings=for_points(version.question.phrasings, version.key_points),
    )
    return Found(result["points"], beside.engine_name())


def engine_name() -> str:
    """Name and version of the engine that is asked first now."""
    return model_server.engine_name() or beside.engine_name()
