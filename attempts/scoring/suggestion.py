"""score(): which key points an answer makes, and which sentence makes each."""

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import TypedDict

import numpy as np

from attempts.scoring import alignment, guards, judgement, rubric
from attempts.scoring.alignment import Encoder
from attempts.scoring.engine import engine
from attempts.scoring.grammar import content_stems, is_word_list
from attempts.scoring.texts import Sentence, sentences

PREPARED_QUESTIONS = 64  # kept in memory, about 0.3 MB each


class Point(TypedDict):
    covered: bool
    confidence: float  # 0 to 1
    evidence: str | None  # a part of the answer; None when the point was not found
    opposite: str | None  # the false statement that the evidence makes; None if it makes none


class Phrasing(TypedDict):
    """How people say a key point, and what sounds like it and is false."""

    accept: list[str]
    reject: list[str]


class Suggestion(TypedDict):
    score: float  # 0 to 1
    points: list[Point]  # one for each key point, in their order
    low: float  # share of the points that are found, 0 to 1
    high: float  # the same with the unsure points


class _Prepared:
    """A question with everything about it that does not depend on the answer."""

    def __init__(
        self, question: str, key_points: tuple[str, ...], model_answer: str, encoder: Encoder
    ) -> None:
        self.encoder = encoder
        self.coefficients = judgement.COEFFICIENTS[encoder.name]
        self.rubric = rubric.prepare(question, key_points, encoder)
        self.asked = frozenset(stem for s in sentences(question) for stem in content_stems(s.words))
        model = sentences(model_answer)
        lines = [s for line in model_answer.splitlines() for s in sentences(line)]
        points = [s for point in key_points for s in sentences(point)]
        self.told = tuple({guards.statement(s): None for s in (*model, *lines, *points)})
        self.model = model
        self.model_tokens = frozenset(s.tokens for s in model)
        self.askable = any(len(point.reading) for point in self.rubric.points)
        shown = None
        if model and self.askable and not guards.is_made_of(model, points):
            measures = rubric.measure(self.rubric, alignment.read(model, encoder))
            shown = judgement.extent(measures, 0, self.coefficients)
        self.limits = judgement.limits(shown, self.coefficients)

    def evidence(self, answer: Sequence[Sentence]) -> list[Sentence]:
        """The sentences that can show anything."""
        if self.model_tokens.issuperset(s.tokens for s in answer):
            return list(answer)
        if guards.is_scrambled(answer) or guards.is_jumble(answer, self.model):
            return []
        return [
            sentence
            for sentence, before in zip(answer, [None, *answer], strict=False)
            if not (before and self._is_denied_by(before))
            and (sentence.tokens in self.model_tokens or not self._is_empty(sentence))
        ]

    def _is_denied_by(self, before: Sentence) -> bool:
        return guards.is_bare_denial(before) or (
            before.goes_on and guards.is_contradiction(before, self.told)
        )

    def _is_empty(self, sentence: Sentence) -> bool:
        return (
            is_word_list(sentence.tokens)
            or guards.is_echo(sentence, self.asked, self.told)
            or guards.is_contradiction(sentence, self.told)
        )


_preparing = threading.Lock()
_prepare = lru_cache(maxsize=PREPARED_QUESTIONS)(_Prepared)


def score(
    question: str,
    key_points: Sequence[str],
    model_answer: str,
    answer: str,
    phrasings: Sequence[Phrasing] | None = None,
) -> Suggestion:
    """What answer shows of key_points. Any texts; the same texts give the same result.

    Points are the suggestion; the score of the whole is finer than their share, as parts of a
    point count in it. An engine that is not loaded yet is loaded (0.1 s).
    """
    with _preparing:
        prepared = _prepare(question, tuple(key_points), model_answer, engine())
    kept = prepared.evidence(sentences(answer))
    if not kept or not prepared.askable:
        none = [
            Point(covered=False, confidence=0.0, evidence=None, opposite=None) for _ in key_points
        ]
        return Suggestion(score=0.0, points=none, low=0.0, high=0.0)
    measures = rubric.measure(prepared.rubric, alignment.read(kept, prepared.encoder))
    words = sum(len(sentence.words) for sentence in kept)
    shown = judgement.extent(measures, words, prepared.coefficients)
    share = judgement.overall(shown, prepared.limits)
    # points do not pay for length, because one more sentence must not lower any of them
    unbiased = judgement.overall(
        judgement.extent(measures, 0, prepared.coefficients), prepared.limits
    )
    sure, shows = judgement.confidences(measures, unbiased, prepared.limits, prepared.coefficients)
    share = judgement.settled(share, sure)
    points = []
    for point, confidence, place in zip(prepared.rubric.points, sure, shows, strict=True):
        value = round(float(confidence), 4) if len(point.reading) else 0.0
        sentence = kept[int(place)]
        points.append(
            Point(
                covered=value >= judgement.COVERED,
                confidence=value,
                evidence=answer[sentence.start : sentence.end]
                if value >= judgement.MAYBE
                else None,
                opposite=None,
            )
        )
    low = sum(p["covered"] for p in points) / len(points)
    high = sum(p["confidence"] >= judgement.MAYBE for p in points) / len(points)
    return Suggestion(
        score=round(float(np.clip(share, 0, 1)), 4), points=points, low=low, high=high
    )
