"""What happens to texts: saves, follow-ups, and how long it takes to read an answer."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from quizsite.metrics.registry import FOLLOW_UPS, SAVES, SCORING_SECONDS


def count_save(verdict: str) -> None:
    SAVES.labels(verdict).inc()


def count_follow_up(outcome: str) -> None:
    """outcome: asked; none, where nothing is to be asked for; not_ready, where it came too late."""
    FOLLOW_UPS.labels(outcome).inc()


@dataclass
class Reading:
    """engine: name and version of what has read the answer, once that is known."""

    engine: str = "none"


@contextmanager
def reading_answer() -> Iterator[Reading]:
    """Measures what is done within."""
    reading, began = Reading(), time.perf_counter()
    yield reading
    SCORING_SECONDS.labels(reading.engine).observe(time.perf_counter() - began)
