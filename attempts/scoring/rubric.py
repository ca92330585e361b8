"""A question's texts, prepared once, and what is measured of an answer against them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from attempts.scoring import alignment
from attempts.scoring.alignment import Encoder, Reading
from attempts.scoring.texts import sentences
from attempts.scoring.weights import Array


@dataclass(frozen=True, slots=True)
class Point:
    """A key point of n words. known: weight less what the question says; own: less what the other
    key points say as well; both shape (n,)."""

    reading: Reading
    known: Array
    own: Array


@dataclass(frozen=True, slots=True)
class Rubric:
    """k key points and the question. directions: (k, width), the question's projected out."""

    question: Reading
    heading: Array
    points: tuple[Point, ...]
    directions: Array


@dataclass(frozen=True, slots=True)
class Measures:
    """What an answer of s sentences shows of k key points; cosines and their weighted means.

    whole: (k,) words of the point in the answer; closeness: (k, s) of a sentence's meaning to the
    point's; above, closer: (k, s) how much more a sentence says of this point than of the others;
    aligned, close: the same for the answer and all points as one, each point by its weight.
    """

    whole: Array
    closeness: Array
    above: Array
    closer: Array
    aligned: float
    close: float


def prepare(question: str, key_points: Sequence[str], encoder: Encoder) -> Rubric:
    asked = alignment.read(sentences(question), encoder)
    readings = [alignment.read(sentences(point), encoder) for point in key_points]
    points = []
    for reading in readings:
        known = reading.weight * alignment.novelty(reading, asked, alignment.LEAST_NOVELTY) ** 2
        own = known.copy()
        for other in readings:
            if other is not reading and len(other):
                own = np.minimum(
                    own,
                    known * alignment.novelty(reading, other, alignment.LEAST_DISTINCTION),
                )
        points.append(Point(reading, known, own))
    heading = alignment.direction(asked, asked.weight)
    width = max((p.reading.meanings.shape[1] for p in points), default=1)
    directions = np.zeros((len(points), width), np.float32)
    for i, point in enumerate(points):
        if len(point.reading):
            fresh = alignment.novelty(point.reading, asked, alignment.LEAST_NOVELTY)
            mean = alignment.direction(point.reading, point.reading.weight * fresh)
            directions[i] = alignment.without(mean, heading)
    return Rubric(asked, heading, tuple(points), directions)


def measure(rubric: Rubric, answer: Reading) -> Measures:
    """answer: at least one sentence; the rubric: at least one key point with a word."""
    count, size = len(rubric.points), len(answer.starts)
    parts = np.zeros((count, size), np.float32)
    whole = np.zeros(count, np.float32)
    mass = np.zeros(count, np.float32)
    known = np.zeros(count, np.float32)
    for i, point in enumerate(rubric.points):
        if len(point.reading):
            best = alignment.best_matches(point.reading, answer)
            parts[i] = point.own @ best / point.own.sum()
            whole[i] = point.own @ best.max(1) / point.own.sum()
            known[i] = point.known @ best.max(1)
            mass[i] = point.known.sum()
    fresh = alignment.novelty(answer, rubric.question, alignment.LEAST_NOVELTY)
    said = alignment.sentence_directions(answer, answer.weight * fresh)
    closeness = rubric.directions @ alignment.without(said, rubric.heading).T
    return Measures(
        whole=whole,
        closeness=closeness,
        above=alignment.above_others(parts),
        closer=alignment.above_others(closeness),
        aligned=float(known.sum() / mass.sum()),
        close=float(mass @ closeness.max(1) / mass.sum()),
    )
