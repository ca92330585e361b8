"""A question's texts, prepared once for all answers to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, TypedDict

import numpy as np

from attempts.scoring.engine import Engine
from attempts.scoring.grammar import content_stems
from attempts.scoring.texts import outermost, units, words_of
from attempts.scoring.vectors import Packed, Text, joined, news, packed
from attempts.scoring.weights import Array


class Phrasing(TypedDict):
    """How people say a key point, and what sounds like it and is false."""

    accept: list[str]
    reject: list[str]


class Statements(NamedTuple):
    """A Phrasing that can be a key of a cache."""

    accept: tuple[str, ...]
    reject: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A key point as it is said, and as it is said wrongly.

    said: the point itself and its accepted statements; denied: the rejected ones; vectors: shape
    (statements, 384). text: the point as the engine reads it; word_weights: of its words, what
    neither the question nor another point says weighs most. second: the vector of the unit of the
    model answer that is nearest, (384,).
    """

    said: tuple[str, ...]
    said_vectors: Array
    text: Text
    word_weights: Array
    denied: tuple[str, ...]
    denied_vectors: Array
    second: Array | None

    @property
    def is_empty(self) -> bool:
        return not any(character.isalnum() for character in self.said[0])

    @property
    def is_phrased(self) -> bool:
        return len(self.said) > 1


@dataclass(frozen=True, slots=True)
class Prepared:
    """heading: the question's vector, shape (384,). asked: the stems of its words. words: those of
    all its true texts, as vectors.packed keeps them, shape (w, 384)."""

    points: tuple[Point, ...]
    heading: Array
    asked: frozenset[str]
    words: Packed


def prepare(
    encoder: Engine,
    question: str,
    key_points: tuple[str, ...],
    model_answer: str,
    phrasings: tuple[Statements, ...],
) -> Prepared:
    """Encodes every text of the question: about 0.2 s for six points of ten statements."""
    model_units = units(model_answer)
    shown = [unit.text for unit in model_units]
    said = [(point, *each.accept) for point, each in zip(key_points, phrasings, strict=True)]
    denied = [each.reject for each in phrasings]
    texts = list(dict.fromkeys([question, *shown, *chain(*said), *chain(*denied)]))
    read = dict(zip(texts, encoder.read(texts), strict=True))
    vectors = dict(zip(texts, encoder.vectors(list(read.values())), strict=True))
    weights = _word_weights(read[question], [read[point] for point in key_points])

    def stack(some: Sequence[str]) -> Array:
        rows = [vectors[text] for text in some]
        return np.array(rows, np.float32).reshape(len(rows), vectors[question].size)

    model_vectors = stack(shown)
    points = []
    for accepted, rejected, of_words in zip(said, denied, weights, strict=True):
        own = stack(accepted)
        text = read[accepted[0]]
        second = model_vectors[(model_vectors @ own[0]).argmax()] if shown else None
        points.append(Point(accepted, own, text, of_words, rejected, stack(rejected), second))
    asked = frozenset(content_stems(words_of(question)))
    true = [question, *(shown[number] for number in outermost(model_units)), *chain(*said)]
    words = packed(joined([read[text] for text in dict.fromkeys(true)]).words)
    return Prepared(tuple(points), vectors[question], asked, words)


def _word_weights(question: Text, points: Sequence[Text]) -> list[Array]:
    """For each point the weights of its words: rare, not in the question, not in another point."""
    found = []
    for point in points:
        known = point.rarity * news(point, question) ** 2
        others = [known * news(point, other) for other in points if other is not point]
        found.append(np.minimum.reduce([known, *others]))
    return found
