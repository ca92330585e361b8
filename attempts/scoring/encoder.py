"""all-MiniLM-L6-v2 in numpy: a BERT of 6 layers, 12 heads, 384 wide (Devlin et al. 2019).

Sentences of any length go through together as one matrix of tokens, without padding: only
attention looks at one sentence at a time. Checked against the cosines of the model's card.

Two things keep it cheap. From layer 3 on, only the tokens whose vectors are asked for go on, with
the two marks around a sentence, because by then they contain what the other tokens say (in the
manner of PoWER-BERT, Goyal et al. 2020). And only one thread computes: on matrices this small a
second one doubles the CPU time and gains little.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
from tokenizers import Encoding, Tokenizer

from attempts.scoring.weights import Array, tensors, word_table

LAYERS, HEADS, WIDTH = 6, 12, 384
WORD_TABLE = "embeddings.word_embeddings.weight"
MIDDLE_LAYER = 4
WHOLE_LAYERS = 2  # layers that all tokens go through
MAX_TOKENS = 256  # of one sentence; what the model was trained with
BATCH_TOKENS = 512
FIRST_WORD, VOCABULARY = 1996, 30522  # rows of whole words in the table, commonest first
MARK, NOT_WANTED = -1, -2  # in place of a wanted word's number


class MiniLM:
    """Contextual vectors of words. Thread-safe: nothing changes after the constructor."""

    name = "minilm"

    def __init__(self, folder: Path) -> None:
        threadpool_limits(1, "blas")  # of the process; variables come too late once numpy is loaded
        self._weights = tensors(folder / "model.safetensors")
        self._word_table = word_table(folder / "model.safetensors", WORD_TABLE)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def encode(
        self, sentences: Sequence[Sequence[str]], wanted: Sequence[Sequence[int]]
    ) -> list[tuple[Array, Array, Array]]:
        """For each sentence, given as its tokens (words and marks), for its n wanted tokens:

        vectors of layer 4, shape (n, 384); vectors of layer 6, shape (n, 384); rarity 0.15 to 1,
        shape (n,). A word's vector is the mean of its pieces; tokens cut off by the limit of 256
        have zeros.
        """
        # one by one: a batch would start threads, which a forked worker can't use
        encodings = [self._tokenizer.encode(list(s), is_pretokenized=True) for s in sentences]
        read: list[tuple[Array, Array, Array]] = []
        first = size = 0
        for i, encoding in enumerate(encodings):
            if size and size + len(encoding.ids) > BATCH_TOKENS:
                read += self._words(encodings[first:i], wanted[first:i])
                first, size = i, 0
            size += len(encoding.ids)
        return read + self._words(encodings[first:], wanted[first:]) if encodings else read

    def embed(self, text: str) -> Array:
        """The model's own sentence vector: mean of all tokens, unit length; shape (384,)."""
        ids = np.array(self._tokenizer.encode(text).ids)
        _, last = self._forward(ids, np.array([0, len(ids)]), np.ones(len(ids), bool))
        mean: Array = last.mean(0)
        return mean / np.linalg.norm(mean)

    def _words(
        self, encodings: Sequence[Encoding], wanted: Sequence[Sequence[int]]
    ) -> list[tuple[Array, Array, Array]]:
        """encode() for sentences that fit in one batch."""
        places = [_places(*pair) for pair in zip(encodings, wanted, strict=True)]
        bounds = np.cumsum([0, *(len(e.ids) for e in encodings)])
        ids = np.concatenate([np.array(e.ids) for e in encodings])
        kept = np.concatenate(places) != NOT_WANTED
        middle, last = self._forward(ids, bounds, kept)
        ids, ends = ids[kept], np.cumsum([(place != NOT_WANTED).sum() for place in places])
        read = []
        for place, end, words in zip(places, ends, wanted, strict=True):
            place = place[place != NOT_WANTED]
            rows = slice(end - len(place), end)
            member = (place == np.arange(len(words))[:, None]).astype(np.float32)
            count = member.sum(1)
            rarity = np.where(count > 1, np.float32(1), member @ _rarity(ids[rows]))
            member /= np.maximum(1, count)[:, None]
            read.append((member @ middle[rows], member @ last[rows], rarity))
        return read

    def _forward(
        self, ids: np.ndarray, bounds: np.ndarray, kept: np.ndarray
    ) -> tuple[Array, Array]:
        """Tokens of all sentences, shape (n,); where each starts, and the last ends; which are
        kept from layer 3 on, at least one of each sentence, shape (n,). Layers 4 and 6 of those.
        """
        w = self._weights
        places = np.concatenate([np.arange(n) for n in np.diff(bounds)])
        x = self._word_table[ids]
        x += w["embeddings.position_embeddings.weight"][places]
        x += w["embeddings.token_type_embeddings.weight"][0]
        self._normalise(x, "embeddings.LayerNorm")
        middle = x
        for layer in range(LAYERS):
            if layer == WHOLE_LAYERS:
                x, bounds = x[kept], np.append(0, np.cumsum(kept))[bounds]
            at = f"encoder.layer.{layer}."
            x += self._linear(self._attend(x, bounds, at), at + "attention.output.dense")
            self._normalise(x, at + "attention.output.LayerNorm")
            hidden = _gelu(self._linear(x, at + "intermediate.dense"))
            x += self._linear(hidden, at + "output.dense")
            self._normalise(x, at + "output.LayerNorm")
            if layer + 1 == MIDDLE_LAYER:
                middle = x.copy()
        return middle, x

    def _attend(self, x: Array, bounds: np.ndarray, at: str) -> Array:
        """softmax(Q K' / sqrt(32)) V of each head, within each sentence; shape (n, 384)."""
        size = WIDTH // HEADS
        query, key, value = (
            self._linear(x, f"{at}attention.self.{part}").reshape(-1, HEADS, size).swapaxes(0, 1)
            for part in ("query", "key", "value")
        )
        query *= np.float32(size**-0.5)
        context = np.empty((HEADS, len(x), size), np.float32)
        for first, end in pairwise(bounds):
            share = query[:, first:end] @ key[:, first:end].swapaxes(1, 2)
            share -= share.max(-1, keepdims=True)
            np.exp(share, out=share)
            share /= share.sum(-1, keepdims=True)
            np.matmul(share, value[:, first:end], out=context[:, first:end])
        return context.swapaxes(0, 1).reshape(-1, WIDTH)

    def _linear(self, x: Array, name: str) -> Array:
        y: Array = x @ self._weights[name + ".weight"].T
        y += self._weights[name + ".bias"]
        return y

    def _normalise(self, x: Array, name: str) -> None:
        """Layer normalisation, in place."""
        x -= x.mean(1, keepdims=True)
        variance = np.einsum("ij,ij->i", x, x) / np.float32(WIDTH)
        x *= (1 / np.sqrt(variance + np.float32(1e-12)))[:, None]
        x *= self._weights[name + ".weight"]
        x += self._weights[name + ".bias"]


def _places(encoding: Encoding, wanted: Sequence[int]) -> np.ndarray:
    """For each token the number of the wanted word it is a piece of, MARK or NOT_WANTED."""
    number = {word: i for i, word in enumerate(wanted)}
    return np.array(
        [MARK if word is None else number.get(word, NOT_WANTED) for word in encoding.word_ids]
    )


def _rarity(ids: np.ndarray) -> Array:
    """By rank in the vocabulary, 0.15 to 1 (Zipf: rank goes with the inverse of frequency)."""
    rank = np.log1p(np.maximum(0, ids - FIRST_WORD)) / np.log(VOCABULARY - FIRST_WORD)
    rarity: Array = np.minimum(1, 0.15 + 0.85 * rank).astype(np.float32)
    return rarity


def _gelu(x: Array) -> Array:
    """x · Φ(x), in the tanh form of Hendrycks & Gimpel 2016 (within 0.0005 of the exact one)."""
    inner = x * x
    inner *= np.float32(0.044715 * (2 / np.pi) ** 0.5)
    inner += np.float32((2 / np.pi) ** 0.5)
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner
