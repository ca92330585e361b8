"""Which sentence of a question's example answer makes each of its key points.

The engine of this process reads the example as it reads a candidate's answer. That takes a
second or two for a question, so what it finds is stored: by the sweep, or when it is first needed.
"""

import itertools
import time
from collections.abc import Iterable, Mapping

from django.db.models import F

from attempts import scoring
from attempts.models import ExampleSentences
from attempts.rules.results.one_each import one_each
from attempts.scoring.texts import sentences as sentences_of_text
from questions.models import Question, QuestionVersion
from questions.rules.markdown import plain_text
from questions.rules.phrasings import for_points
from quizsite.database.safely_each import safely_each

FOUND_IN_WHOLE, FOUND_ALONE = 0.1, 0.2
"""What it adds to the nearness of a sentence, at most, that the engine finds the point there."""
ROUND_SECONDS = 5
"""How long a round of the sweep looks for sentences that are not stored yet."""


def example_sentences(version: QuestionVersion) -> list[str | None]:
    """For each key point the sentence of the example answer that makes it, in plain words.

    Else one of the model answer; None where neither has one. version: selected with its question.
    Stored ones take one statement; the first call for a version takes a second or two.
    """
    stored = stored_sentences([version]).get(version.pk)
    return _find_and_store(version) if stored is None else stored


def stored_sentences(versions: Iterable[QuestionVersion]) -> Mapping[int, list[str | None]]:
    """`example_sentences` of many versions by their ids, in one statement.

    A version of which they are not stored yet is left out.
    """
    by_this_engine = ExampleSentences.objects.filter(engine=scoring.engine_name())
    return dict(by_this_engine.filter(version__in=versions).values_list("version", "sentences"))


def selected_sentences(versions: Iterable[QuestionVersion]) -> Mapping[int, list[str | None]]:
    """`stored_sentences` without a statement. versions: selected with example_sentences."""
    rows = [getattr(version, "example_sentences", None) for version in versions]
    engine = scoring.engine_name()
    return {row.version_id: row.sentences for row in rows if row and row.engine == engine}


def find_missing(seconds: float = ROUND_SECONDS) -> int:
    """Store the sentences of published questions that have none. Returns of how many.

    After so many seconds it begins with no further one.
    """
    until = time.monotonic() + seconds
    known = ExampleSentences.objects.filter(engine=scoring.engine_name()).values("version")
    missing = QuestionVersion.objects.filter(
        question__in=Question.objects.published(), question__current_version=F("pk")
    ).exclude(pk__in=known)
    in_time = itertools.takewhile(
        lambda _: time.monotonic() < until, missing.select_related("question").order_by("?")
    )
    return safely_each(_find_and_store, in_time)


def _find_and_store(version: QuestionVersion) -> list[str | None]:
    sentences = find(version)
    values = {"sentences": sentences, "engine": scoring.engine_name()}
    ExampleSentences.objects.update_or_create(version=version, defaults=values)
    return sentences


def find(version: QuestionVersion) -> list[str | None]:
    """`example_sentences` without a look at what is stored. Stores nothing."""
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
