"""What a unit of an answer has to do with a key point, in numbers.

Two kinds: how near their vectors are (cheap, for every unit), and what the model says of the two
texts read together (for the units that are nearest).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from attempts.scoring import grammar
from attempts.scoring.engine import Engine
from attempts.scoring.prepared import Point, Prepared
from attempts.scoring.texts import Unit, outermost, words_of
from attempts.scoring.vectors import Text, aligned, joined, unpacked, without
from attempts.scoring.weights import Array

CLOSE = (
    "said",  # cosine with the nearest statement of the point
    "said_fresh",  # the same without what the question says: its direction projected out
    "point",  # cosine with the key point itself
    "point_fresh",
    "ahead",  # how much nearer than to the nearest other point of the question
    "ahead_fresh",
    "second",  # cosine with the nearest unit of the model answer; 0 without one
    "not_denied",  # said less the cosine with the nearest rejected statement; 0 without one
    "words",  # how much of the point's words is there, aligned in context
    "words_ahead",  # how much more than of the nearest other point's
    "length",  # logarithm of the number of words
    # Of the answer as a whole, the same for each of its units:
    "answer",  # cosine of a sentence with the nearest statement of any point, on average
    "answer_words",  # how much of its words the question's texts have, aligned in context
)
READ = (
    # Each is a difference of two log-probabilities of the unit beside the key point.
    "makes",  # it makes it, against it says neither
    "true",  # it makes it, against it says the opposite
    "about",  # it makes it or says the opposite, against neither
)
# What repeats a statement word for word makes it. The model is not asked: the pairs that it was
# trained on are that much alike only where one of them denies the other.
MAKES: Array = np.log(np.array([0.98, 0.01, 0.01], np.float32))
DENIES: Array = np.log(np.array([0.01, 0.98, 0.01], np.float32))
_NEARNESS = {"said": 1.0, "said_fresh": 1.0, "ahead": 0.5}  # chooses what is read, judges nothing


class Spoken(NamedTuple):
    """The u units of an answer as an engine reads them. vectors: shape (u, width)."""

    units: Sequence[Unit]
    texts: Sequence[Text]
    vectors: Array


class Pair(NamedTuple):
    """A point and a unit, by their numbers."""

    point: int
    unit: int


def closeness(question: Prepared, spoken: Spoken) -> Array:
    """CLOSE of each point and each unit: shape (points, units, measures)."""
    vectors = spoken.vectors
    count = (len(question.points), len(vectors))
    fresh = without(vectors, question.heading)
    said, said_fresh, point, point_fresh, second, denied = np.zeros((6, *count), np.float32)
    found = np.zeros(count, np.float32)
    for i, each in enumerate(question.points):
        own_fresh = without(each.said_vectors, question.heading)
        near, near_fresh = vectors @ each.said_vectors.T, fresh @ own_fresh.T
        said[i], said_fresh[i] = near.max(1), near_fresh.max(1)
        point[i], point_fresh[i] = near[:, 0], near_fresh[:, 0]
        if each.second is not None:
            second[i] = vectors @ each.second
        found[i] = [aligned(each.text, each.word_weights, text.words) for text in spoken.texts]
        denied[i] = (vectors @ each.denied_vectors.T).max(1) if each.denied else said[i]
    length = np.log([max(1, len(unit.words)) for unit in spoken.units])
    ahead, ahead_fresh = _ahead(said), _ahead(said_fresh)
    columns = [said, said_fresh, point, point_fresh, ahead, ahead_fresh, second, said - denied]
    columns += [found, _ahead(found), np.broadcast_to(length, count)]
    columns += [np.full(count, of_answer) for of_answer in _of_answer(question, spoken, said)]
    return np.stack(columns, axis=-1).astype(np.float32)


def _of_answer(question: Prepared, spoken: Spoken, said: Array) -> tuple[float, float]:
    """The measures of the whole answer. said: of each point and each unit."""
    if not said.size:
        return 0.0, 0.0
    outer = outermost(spoken.units)
    lengths = [max(1, len(spoken.units[number].words)) for number in outer]
    near = np.average(said.max(0)[outer], weights=lengths)
    answer = joined([spoken.texts[number] for number in outer])
    return float(near), aligned(answer, answer.rarity, unpacked(question.words))


def nearness(close: Array) -> Array:
    """From CLOSE, shape (units, measures), how near each unit is to the point; shape (units,)."""
    near: Array = close @ np.array([_NEARNESS.get(name, 0) for name in CLOSE], np.float32)
    return near


def reading(question: Prepared, spoken: Spoken, pairs: Sequence[Pair], engine: Engine) -> Array:
    """READ of each pair of a point and a unit: shape (pairs, measures)."""
    known = [_repeated(question.points[pair.point], spoken.units[pair.unit]) for pair in pairs]
    unknown = [pair for pair, logs in zip(pairs, known, strict=True) if logs is None]
    verdicts = iter(
        engine.verdicts([(question.points[p].text, spoken.texts[unit]) for p, unit in unknown])
    )
    logs = np.array([next(verdicts) if of_pair is None else of_pair for of_pair in known])
    makes, opposite, neither = logs.reshape(-1, 3).T
    about = np.logaddexp(makes, opposite)
    read: Array = np.stack([makes - neither, makes - opposite, about - neither], axis=1)
    return read


def _repeated(point: Point, unit: Unit) -> Array | None:
    """The logarithms of the three probabilities, if the unit repeats a statement of the point."""
    for statements, logs in ((point.said, MAKES), (point.denied, DENIES)):
        if any(grammar.repeats(unit.words, words_of(statement)) for statement in statements):
            return logs
    return None


def against(question: Prepared, spoken: Spoken, pair: Pair) -> str:
    """What the unit is compared with if it denies the point: the nearest rejected statement, or the
    point itself if there is none."""
    point = question.points[pair.point]
    if not point.denied:
        return point.said[0]
    return point.denied[int((point.denied_vectors @ spoken.vectors[pair.unit]).argmax())]


def _ahead(values: Array) -> Array:
    """Each row less the highest of the other rows; as it is if there is no other."""
    if len(values) < 2:
        return values
    second, first = np.sort(values, axis=0)[-2:]
    ahead: Array = values - np.where(values == first, second, first)
    return ahead
