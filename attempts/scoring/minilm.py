"""The language model: three layers of all-MiniLM-L6-v2, and two times three layers fitted on them.

BERT (Devlin et al. 2019), 12 heads, 384 wide. The first three layers are the published ones. `fit`
trains two continuations of them on statements of this field: one gives a text a vector, so that
texts that say the same are near each other; the other reads two texts together and says whether
the second makes the statement of the first, says the opposite, or neither.

Texts of any length go through together as one matrix of tokens, without padding: only attention
looks at one text at a time. Only one thread computes: on matrices this small a second one doubles
the CPU time and gains little.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
from tokenizers import Encoding, Tokenizer

from attempts.scoring import weights
from attempts.scoring.grammar import FUNCTION_WORDS
from attempts.scoring.texts import readable
from attempts.scoring.vectors import Text, unit
from attempts.scoring.weights import Array, tensors, word_table

HEADS, WIDTH = 12, 384
WORD_TABLE = "embeddings.word_embeddings.weight"
READING = tuple(f"encoder.layer.{layer}." for layer in range(3))
SENSE = tuple(f"sense.{layer}." for layer in range(3))
VERDICT = tuple(f"verdict.{layer}." for layer in range(3))
MAX_TOKENS = 128  # of one text; what the fitted layers were trained with
BATCH_TOKENS = 512
FIRST_WORD, VOCABULARY = 1996, 30522  # rows of whole words in the table, commonest first


class MiniLM:
    """Thread-safe: nothing changes after the constructor."""

    name = "minilm"

    def __init__(self, folder: Path, fitted: Mapping[str, Array] | None = None) -> None:
        """folder: of the published weights. fitted: the others; None: those of this project."""
        threadpool_limits(1, "blas")  # of the process; variables come too late once numpy is loaded
        self._weights = {
            **tensors(folder / "model.safetensors"),
            **(weights.fitted() if fitted is None else fitted),
        }
        self._word_table = word_table(folder / "model.safetensors", WORD_TABLE)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def read(self, texts: Sequence[str]) -> list[Text]:
        """The first three layers on each text."""
        # one by one: a batch would start threads, which a forked worker can't use
        encodings = [self._tokenizer.encode(readable(text)) for text in texts]
        tokens: list[Array] = []
        for some in _batches([np.array(encoding.ids) for encoding in encodings]):
            bounds = np.cumsum([0, *map(len, some)])
            x = self._run(self._embed(some), bounds, READING)
            tokens += [x[first:end] for first, end in pairwise(bounds)]
        return [_text(*pair) for pair in zip(encodings, tokens, strict=True)]

    def vectors(self, texts: Sequence[Text]) -> Array:
        """What texts mean: shape (texts, 384), unit length."""
        found = [np.zeros((0, WIDTH), np.float32)]
        for some in _batches([text.tokens for text in texts]):
            bounds = np.cumsum([0, *map(len, some)])
            x = self._run(np.concatenate(some), bounds, SENSE)
            found.append(unit(np.add.reduceat(x, bounds[:-1])))  # the direction of the mean
        return np.concatenate(found)

    def verdicts(self, pairs: Sequence[tuple[Text, Text]]) -> Array:
        """Of each pair of texts the logarithms of three probabilities:

        that the second makes the statement of the first, says the opposite, or neither. Shape
        (pairs, 3).
        """
        segments = self._weights["verdict.segments"]
        joined = [np.vstack([a.tokens + segments[0], b.tokens + segments[1]]) for a, b in pairs]
        sizes = iter([len(a.tokens) for a, _ in pairs])
        found = [np.zeros((0, 2, WIDTH), np.float32)]
        for some in _batches(joined):
            bounds = np.cumsum([0, *map(len, some)])
            x = self._run(np.concatenate(some), bounds, VERDICT)
            middles = bounds[:-1] + list(islice(sizes, len(some)))
            parts = np.append(np.stack([bounds[:-1], middles], 1), bounds[-1])
            means = np.add.reduceat(x, parts[:-1]) / np.diff(parts)[:, None]
            found.append(means.reshape(-1, 2, WIDTH).astype(np.float32))
        first, second = np.concatenate(found).swapaxes(0, 1)
        both = np.hstack([first, second, np.abs(first - second), first * second])
        logits = self._linear(_gelu(self._linear(both, "verdict.hidden")), "verdict.out")
        logits -= logits.max(1, keepdims=True)
        logs: Array = logits - np.log(np.exp(logits).sum(1, keepdims=True))
        return logs

    def _embed(self, texts: Sequence[np.ndarray]) -> Array:
        places = np.concatenate([np.arange(len(ids)) for ids in texts])
        x = self._word_table[np.concatenate(texts)]
        x += self._weights["embeddings.position_embeddings.weight"][places]
        x += self._weights["embeddings.token_type_embeddings.weight"][0]
        self._normalise(x, "embeddings.LayerNorm")
        return x

    def _run(self, x: Array, bounds: np.ndarray, layers: Sequence[str]) -> Array:
        """Tokens x (n, 384) of all texts after these layers. bounds: where each text starts, and
        the last one ends."""
        x = x.copy()
        for at in layers:
            x += self._linear(self._attend(x, bounds, at), at + "attention.output.dense")
            self._normalise(x, at + "attention.output.LayerNorm")
            hidden = _gelu(self._linear(x, at + "intermediate.dense"))
            x += self._linear(hidden, at + "output.dense")
            self._normalise(x, at + "output.LayerNorm")
        return x

    def _attend(self, x: Array, bounds: np.ndarray, at: str) -> Array:
        """softmax(Q K' / sqrt(32)) V of each head, within each text; shape (n, 384)."""
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


def _text(encoding: Encoding, tokens: Array) -> Text:
    """A word is the mean of its tokens; function words and marks are left out."""
    members: dict[int, list[int]] = {}
    for token, word in enumerate(encoding.word_ids):
        if word is not None:
            members.setdefault(word, []).append(token)
    words, rarity = [], []
    for of_word in members.values():
        written = "".join(encoding.tokens[token].removeprefix("##") for token in of_word)
        if written[0].isalnum() and written not in FUNCTION_WORDS:
            words.append(tokens[of_word].mean(0))
            rarity.append(1.0 if len(of_word) > 1 else _rarity(encoding.ids[of_word[0]]))
    if not words:
        return Text(tokens, tokens[:0], np.zeros(0, np.float32))
    return Text(tokens, unit(np.array(words)), np.array(rarity, np.float32))


def _rarity(token: int) -> float:
    """By rank in the vocabulary, 0.15 to 1 (Zipf: rank goes with the inverse of frequency)."""
    rank = np.log1p(max(0, token - FIRST_WORD)) / np.log(VOCABULARY - FIRST_WORD)
    return float(min(1, 0.15 + 0.85 * rank))


def _batches(texts: Sequence[np.ndarray]) -> Iterator[Sequence[np.ndarray]]:
    """The texts in order, in groups of at most BATCH_TOKENS tokens, or of a single text."""
    first = size = 0
    for i, text in enumerate(texts):
        if size and size + len(text) > BATCH_TOKENS:
            yield texts[first:i]
            first, size = i, 0
        size += len(text)
    if size:
        yield texts[first:]


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
