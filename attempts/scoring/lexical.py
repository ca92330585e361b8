"""The engine without weights: a word is the bag of the letter groups of its stem."""

import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from attempts.scoring.grammar import FUNCTION_WORDS, stem
from attempts.scoring.texts import words_of
from attempts.scoring.vectors import Text, unit
from attempts.scoring.weights import Array

WIDTH = 512
GROUP = 4
STEM_COUNT = 4


class Lexical:
    """Words alike in spelling get vectors alike. It cannot tell a statement from its opposite."""

    name = "lexical"

    def read(self, texts: Sequence[str]) -> list[Text]:
        """The words of each text that have a meaning, as its tokens."""
        found = []
        for text in texts:
            words = _words(text)
            found.append(Text(words, unit(words), np.ones(len(words), np.float32)))
        return found

    def vectors(self, texts: Sequence[Text]) -> Array:
        """The sum of each text's words: shape (texts, 512), unit length or zero."""
        sums = [text.tokens.sum(0) for text in texts]
        return unit(np.array(sums, np.float32).reshape(len(sums), WIDTH))

    def verdicts(self, pairs: Sequence[tuple[Text, Text]]) -> Array:
        """Three equal chances for each pair: shape (pairs, 3), logarithms."""
        return np.full((len(pairs), 3), -np.log(3), np.float32)


def _words(text: str) -> Array:
    meaningful = [word for word in words_of(text) if word not in FUNCTION_WORDS]
    vectors = [_vector(word) for word in meaningful]
    return np.array(vectors, np.float32).reshape(len(vectors), WIDTH)


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
