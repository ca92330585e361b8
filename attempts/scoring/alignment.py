"""How much of a key point's meaning is in an answer: words aligned in context.

For each word of the key point the best cosine among the answer's words, averaged with weights
(after Sultan et al. 2016, and BERTScore, Zhang et al. 2020). A word weighs less, the commoner it
is and the more of it the question has said already: 1 − its best cosine with a question's word.
The same weights make the sentence vectors, from which the question's direction is projected out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from attempts.scoring.grammar import FUNCTION_WORDS
from attempts.scoring.texts import Sentence
from attempts.scoring.weights import Array

LEAST_NOVELTY = 0.001
LEAST_DISTINCTION = 0.02


class Encoder(Protocol):
    """What turns words into vectors; MiniLM.encode says what is returned."""

    name: str

    def __hash__(self) -> int: ...

    def encode(
        self, sentences: Sequence[Sequence[str]], wanted: Sequence[Sequence[int]]
    ) -> list[tuple[Array, Array, Array]]: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """n words of a text as vectors. words and meanings: (n, width), unit length; weight: (n,)."""

    words: Array
    meanings: Array
    weight: Array
    starts: np.ndarray  # (sentences,), the first word of each

    def __len__(self) -> int:
        return len(self.weight)


def read(sentences: Sequence[Sentence], encoder: Encoder) -> Reading:
    """The words of sentences that carry meaning, with vectors that know their sentence."""
    words, meanings, weights, starts = [], [], [], []
    size = 0
    different = list(dict.fromkeys(sentence.tokens for sentence in sentences))
    encoded = dict(
        zip(
            different,
            encoder.encode(different, [_meaningful(tokens) for tokens in different]),
            strict=True,
        )
    )
    for sentence in sentences:
        middle, last, rarity = encoded[sentence.tokens]
        words.append(_unit(_unit(middle) + _unit(last)))
        meanings.append(_unit(last))
        weights.append(rarity)
        starts.append(size)
        size += len(rarity)
    if not size:
        none = np.zeros((0, 1), np.float32)
        return Reading(none, none, none[:, 0], np.zeros(0, int))
    return Reading(
        np.concatenate(words), np.concatenate(meanings), np.concatenate(weights), np.array(starts)
    )


def _meaningful(tokens: Sequence[str]) -> list[int]:
    """The places of all words except function words; of all words if there are no others."""
    words = [i for i, token in enumerate(tokens) if token[0].isalnum()]
    return [i for i in words if tokens[i].lower() not in FUNCTION_WORDS] or words


def novelty(text: Reading, known: Reading, least: float) -> Array:
    """1 − each word's best cosine with any word of known, at least least; shape (n,)."""
    if not len(text) or not len(known):
        return np.ones(len(text), np.float32)
    best = (text.words @ known.words.T).max(1)
    fresh: Array = np.maximum(np.float32(least), 1 - best)
    return fresh


def best_matches(point: Reading, answer: Reading) -> Array:
    """Each word's best cosine within each sentence of the answer; shape (words, sentences)."""
    cosines = point.words @ answer.words.T
    best: Array = np.maximum.reduceat(cosines, answer.starts, axis=1)
    return np.maximum(best, 0)


def direction(text: Reading, weight: Array) -> Array:
    """The weighted mean of a whole text's meanings, unit length; shape (width,)."""
    return _unit(weight @ text.meanings) if len(text) else np.zeros(text.meanings.shape[1], "f4")


def sentence_directions(text: Reading, weight: Array) -> Array:
    """direction() of each sentence; shape (sentences, width)."""
    return _unit(np.add.reduceat(text.meanings * weight[:, None], text.starts, axis=0))


def without(vectors: Array, known: Array) -> Array:
    """vectors (…, width) less their part along known (width,), unit length again."""
    if len(known) != vectors.shape[-1]:
        return vectors
    return _unit(vectors - (vectors @ known)[..., None] * known)


def above_others(values: Array) -> Array:
    """Each row less the highest of the other rows: what a sentence says of this point alone."""
    if len(values) < 2:
        return np.zeros_like(values)
    second, first = np.sort(values, axis=0)[-2:]
    above: Array = values - np.where(values == first, second, first)
    return above


def _unit(vectors: Array) -> Array:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Array = vectors / np.maximum(np.float32(1e-6), length)
    return unit
