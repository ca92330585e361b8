"""The engine without weights: a word is the bag of the letter groups of its stem."""

import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from attempts.scoring.grammar import stem
from attempts.scoring.weights import Array

WIDTH = 512
GROUP = 4
STEM_COUNT = 4


class Lexical:
    """Words alike in spelling get vectors alike; context plays no part."""

    name = "lexical"

    def encode(
        self, sentences: Sequence[Sequence[str]], wanted: Sequence[Sequence[int]]
    ) -> list[tuple[Array, Array, Array]]:
        """As MiniLM.encode; both vectors of a word are the same, shape (n, 512)."""
        read = []
        for sentence, places in zip(sentences, wanted, strict=True):
            words = np.array([_vector(sentence[i].lower()) for i in places], np.float32)
            read.append((words, words, np.ones(len(places), np.float32)))
        return read


@lru_cache(maxsize=4096)
def _vector(word: str) -> Array:
    """Counts of the word's groups of four letters, with its stem four times; shape (512,)."""
    vector = np.zeros(WIDTH, np.float32)
    short = stem(word)
    vector[zlib.crc32(short.encode()) % WIDTH] += STEM_COUNT
    padded = f"<{short}>"
    for i in range(max(1, len(padded) - GROUP + 1)):
        vector[zlib.crc32(padded[i : i + GROUP].encode()) % WIDTH] += 1
    return vector
