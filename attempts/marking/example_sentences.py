"""Which sentence of a question's example answer makes each of its key points.

The engine reads the example as it reads a candidate's answer. That takes a second or two for a
question, so what it finds is stored: by the process that makes suggestions, before it is needed.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from attempts import scoring
from attempts.models import Answer, ExampleSentences
from attempts.rules.results.one_each import one_each
from attempts.scoring.texts import sentences as sentences_of_text
from questions.models import Question, QuestionVersion
from questions.rules.markdown import plain_text
from questions.rules.phrasings import for_points
from quizsite.database.safely_each import safely_each

FOUND_IN_WHOLE, FOUND_ALONE = 0.1, 0.2
"""What it adds to the nearness of a sentence, at most, that the engine finds the point there."""
AT_A_TIME = 20

_failed: set[int] = set()
"""Versions whose sentences this process could not find; it does not try these again."""


def selected_sentences(versions: Iterable[QuestionVersion]) -> Mapping[int, list[str | None]]:
    """By the ids of versions: for each key point the sentence of the example answer that makes it,
    in plain words.

    Else one of the model answer; None where neither has one. A version of which they are not stored
    yet is left out. versions: selected with example_sentences.
    """
    rows = [getattr(version, "example_sentences", None) for version in versions]
    return {row.version_id: row.sentences for row in rows if row}


def find_missing(goes_on: Callable[[], bool] = lambda: True) -> int:
    """Store the sentences of versions that have none by this engine. Returns of how many.

    Of those that can be asked now, and those that were; some at a time. In random order, so that
    several processes seldom look at the same one. Ends early if told so.
    """
    missing = _missing().exclude(pk__in=_failed).order_by("?").select_related("question")
    in_time = itertools.takewhile(lambda _: goes_on(), missing[:AT_A_TIME])
    return safely_each(_find_and_store, in_time)


def _missing() -> QuerySet[QuestionVersion]:
    known = ExampleSentences.objects.filter(engine=scoring.engine_name()).values("version")
    can_be_asked = Q(question__in=Question.objects.published(), question__current_version=F("pk"))
    was_asked = Exists(Answer.objects.filter(version=OuterRef("pk")))
    return QuestionVersion.objects.filter(can_be_asked | Q(was_asked)).exclude(pk__in=known)


def _find_and_store(version: QuestionVersion) -> bool:
    try:
        values = {"sentences": find(version), "engine": scoring.engine_name()}
    except Exception:
        _failed.add(version.pk)
        raise
    ExampleSentences.objects.update_or_create(version=version, defaults=values)
    return True


def find(version: QuestionVersion) -> list[str | None]:
    """As `selected_sentences` has them. Stores nothing."""
    found: list[str | None] = [None] * len(version.key_points)
    for text in (version.example_answer, version.answer):
        if None in found and text.strip():
            pairs = zip(found, _sentences_in(version, plain_text(text)), strict=True)
            found = [before or now for before, now in pairs]
    return found


def _sentences_in(version: QuestionVersion, text: str) -> list[str | None]:
    """For each key point a sentence of a text that makes it or may make it.

    Among those in which the engine finds a point, each read alone, and the one in which it finds
    it when it reads the whole text, the nearest to the point's own words suits best.
    """
    said = [sentence.text for sentence in sentences_of_text(text)]
    if not said or not scoring.is_english(text):
        return [None] * len(version.key_points)
    in_whole = [_sentence_around(point["evidence"], text) for point in _points(version, text)]
    alone = [_points(version, sentence) for sentence in said]
    near = scoring.nearness(version.key_points, said)

    def worth(point: int, sentence: int) -> float | None:
        found = alone[sentence][point]
        is_in_whole = said[sentence] == in_whole[point]
        if found["evidence"] is None and not is_in_whole:
            return None
        bonus = FOUND_IN_WHOLE * is_in_whole + FOUND_ALONE * found["confidence"]
        return near[point][sentence] + bonus

    places, points = range(len(said)), range(len(version.key_points))
    chosen = one_each([[worth(point, sentence) for sentence in places] for point in points])
    return [None if sentence is None else said[sentence] for sentence in chosen]


def _points(version: QuestionVersion, text: str) -> list[scoring.Point]:
    """What the engine finds in a text, even if it seems to say the opposite: an example is right,
    so the engine errs there.
    """
    result = scoring.score(
        version.prompt,
        version.key_points,
        version.example_answer or version.answer,  # as for answers, so that it is prepared once
        text,
        phrasings=for_points(version.question.phrasings, version.key_points),
    )
    return result["points"]


def _sentence_around(evidence: str | None, text: str) -> str | None:
    start = text.find(evidence) if evidence else -1
    around = (each for each in sentences_of_text(text) if each.start <= start < each.end)
    return next((each.text for each in around), None)
