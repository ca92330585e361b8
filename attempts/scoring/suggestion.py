"""score(): which key points an answer makes, and which of its clauses makes each."""

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import TypedDict

import numpy as np

from attempts.scoring.engine import Engine, engine
from attempts.scoring.judgement import Judge, judgements
from attempts.scoring.observing import Reading, nearest, observe
from attempts.scoring.prepared import Phrasing, Prepared, Statements, prepare

PREPARED_QUESTIONS = 128  # kept in memory, about 0.15 MB each with ten statements for each point


class Point(TypedDict):
    covered: bool
    confidence: float  # probability that the answer makes the point, 0 to 1
    evidence: str | None  # a part of the answer; None when the point was not found
    opposite: str | None  # the statement that the evidence is against; None if it is against none


class Suggestion(TypedDict):
    points: list[Point]  # one for each key point, in their order
    low: float  # share of the points that are found, 0 to 1
    high: float  # the same with the unsure points


_preparing = threading.Lock()
_prepare = lru_cache(maxsize=PREPARED_QUESTIONS)(prepare)


def score(
    question: str,
    key_points: Sequence[str],
    model_answer: str,
    answer: str,
    phrasings: Sequence[Phrasing] | None = None,
) -> Suggestion:
    """What answer shows of key_points. Any texts; the same texts give the same result.

    model_answer: a good answer in its own words, or "". phrasings: one for each key point. An
    engine that is not loaded yet is loaded (0.2 s), and a question is prepared once (0.2 s).
    """
    encoder = engine()
    judgement = judgements()[encoder.name]
    prepared = prepared_question(encoder, question, key_points, model_answer, phrasings)
    observed = observe(encoder, prepared, answer)
    readings = nearest(encoder, prepared, observed)
    judges = [judgement.judge(point) for point in prepared.points]
    return suggestion_of(
        [point_from(each, answer, judge) for each, judge in zip(readings, judges, strict=True)]
    )


def suggestion_of(points: list[Point]) -> Suggestion:
    """The points with what they amount to."""
    count = max(1, len(points))
    found = sum(point["covered"] for point in points)
    unsure = sum(is_unsure(point) for point in points)
    return Suggestion(points=points, low=found / count, high=(found + unsure) / count)


def prepared_question(
    encoder: Engine,
    question: str,
    key_points: Sequence[str],
    model_answer: str,
    phrasings: Sequence[Phrasing] | None,
) -> Prepared:
    """The question's texts as the engine reads them; the last 128 questions are kept."""
    statements = [Statements(tuple(p["accept"]), tuple(p["reject"])) for p in phrasings or []]
    statements = statements or [Statements((), ())] * len(key_points)
    with _preparing:
        return _prepare(encoder, question, tuple(key_points), model_answer, tuple(statements))


def point_from(readings: Sequence[Reading], answer: str, judge: Judge) -> Point:
    """What the readings of a point's nearest units in an answer amount to."""
    if not readings:
        return Point(covered=False, confidence=0.0, evidence=None, opposite=None)
    measures = np.array([reading.measures for reading in readings])
    said, true = judge.meant(measures), judge.true(measures)
    made, denied = said * true, said * (1 - true)
    confidence = round(float(made.max()), 4)
    covered = confidence >= judge.limits.found
    is_denied = not covered and denied.max() >= max(judge.limits.opposite, confidence)
    shown = readings[int((denied if is_denied else made).argmax())]
    has_evidence = is_denied or confidence >= judge.limits.unsure
    return Point(
        covered=covered,
        confidence=confidence,
        evidence=answer[shown.unit.start : shown.unit.end] if has_evidence else None,
        opposite=shown.against if is_denied else None,
    )


def is_unsure(point: Point) -> bool:
    """Neither found nor denied, and yet something in the answer may make it."""
    return not point["covered"] and point["opposite"] is None and point["evidence"] is not None
