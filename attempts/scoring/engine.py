"""The engine of this process: MiniLM if its weights are installed, else the lexical one."""

import logging
import threading
from collections.abc import Hashable, Sequence
from functools import cache
from typing import Protocol

from attempts.scoring import weights
from attempts.scoring.lexical import Lexical
from attempts.scoring.vectors import Text
from attempts.scoring.weights import Array

VERSION = 5  # of the method; raised when the same texts would be scored differently

_loading = threading.Lock()
_log = logging.getLogger(__name__)


class Engine(Hashable, Protocol):
    """What an engine makes of texts: see MiniLM for the shapes."""

    name: str

    def read(self, texts: Sequence[str]) -> list[Text]: ...

    def vectors(self, texts: Sequence[Text]) -> Array: ...

    def verdicts(self, pairs: Sequence[tuple[Text, Text]]) -> Array: ...


def engine() -> Engine:
    """The engine of this process, loaded at the first call (in a preloading server: before the
    workers are forked, so that they share it)."""
    with _loading:
        return _load()


@cache
def _load() -> Engine:
    path = weights.folder()
    if path is None:
        _log.warning("The weights of the scorer are not installed: the lexical engine is used.")
        return Lexical()
    try:
        from attempts.scoring.minilm import MiniLM

        weights.check(path)
        return MiniLM(path)
    except ImportError as error:
        _log.warning("%s is not installed: the lexical engine is used.", error.name)
    except weights.WrongWeights as error:
        _log.error("Weights refused, the lexical engine is used. %s", error)
    return Lexical()


def engine_name() -> str:
    """Engine and version of the method, to be kept with a suggestion: minilm-5 or lexical-5."""
    return f"{engine().name}-{VERSION}"


def nearness(texts: Sequence[str], others: Sequence[str]) -> list[list[float]]:
    """The cosines of the engine's vectors, -1 to 1: shape (texts, others)."""
    encoder = engine()
    vectors = encoder.vectors(encoder.read([*texts, *others]))
    cosines: list[list[float]] = (vectors[: len(texts)] @ vectors[len(texts) :].T).tolist()
    return cosines


def forget() -> None:
    """Load the engine again at the next call. For tests that take the weights away."""
    with _loading:
        _load.cache_clear()
