"""A text as an engine has read it, and arithmetic with vectors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attempts.scoring.weights import Array

PACKED_ONE = 127
Packed = NDArray[np.int8]
LEAST_NEWS = 0.05  # what a word still weighs if it is said elsewhere


@dataclass(frozen=True, slots=True)
class Text:
    """tokens: shape (n, width). words: those with a meaning, unit length, shape (w, width), and how
    rare each is, 0.15 to 1, shape (w,)."""

    tokens: Array
    words: Array
    rarity: Array


def joined(texts: Sequence[Text]) -> Text:
    """All texts as one, without their tokens."""
    if not texts:
        nothing = np.zeros((0, 1), np.float32)
        return Text(nothing, nothing, nothing[:, 0])
    words = np.concatenate([text.words for text in texts])
    return Text(texts[0].tokens[:0], words, np.concatenate([text.rarity for text in texts]))


def packed(vectors: Array) -> Packed:
    """Vectors (…, width) of length one in a quarter of the memory, right to two digits."""
    return np.round(vectors * PACKED_ONE).astype(np.int8)


def unpacked(vectors: Packed) -> Array:
    return unit(vectors.astype(np.float32))


def unit(vectors: Array) -> Array:
    """Vectors (…, width) of length one; zero stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    ones: Array = vectors / np.maximum(np.float32(1e-6), lengths)
    return ones


def without(vectors: Array, heading: Array) -> Array:
    """vectors (…, width) less their part along heading (width,), unit length again."""
    return unit(vectors - (vectors @ heading)[..., None] * heading)


def news(text: Text, known: Text) -> Array:
    """Of each word of text how much known does not say: 1 − its best cosine; shape (w,)."""
    if not len(text.words) or not len(known.words):
        return np.ones(len(text.words), np.float32)
    new: Array = np.maximum(np.float32(LEAST_NEWS), 1 - (text.words @ known.words.T).max(1))
    return new


def aligned(text: Text, weights: Array, others: Array) -> float:
    """How much of text's words is among others: each word's best cosine there, weighted (Sultan et
    al. 2016; BERTScore, Zhang et al. 2020). weights: shape (w,). others: shape (v, width)."""
    if not len(text.words) or not len(others):
        return 0.0
    best = np.maximum(0, (text.words @ others.T).max(1))
    return float(weights @ best / weights.sum())
