"""From measures to the probability that a point is made, and to what is said of it.

Two or three logistic regressions for each kind of question. `make fit` writes their numbers and the
limits to coefficients.json; docs/scoring.md says how good they are on questions that they were not
fitted on.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from attempts.scoring.measures import CLOSE, READ
from attempts.scoring.prepared import Point
from attempts.scoring.weights import Array

FILE = Path(__file__).with_name("coefficients.json")


@dataclass(frozen=True, slots=True)
class Logistic:
    """weights: for each measure, 0 where it plays no part; shape (measures,)."""

    weights: Array
    constant: float

    def __call__(self, measures: Array) -> Array:
        """Probabilities, shape (…), of measures, shape (…, measures)."""
        odds = np.clip(measures @ self.weights + self.constant, -30, 30)
        probability: Array = 1 / (1 + np.exp(-odds))
        return probability


@dataclass(frozen=True, slots=True)
class Limits:
    """Probabilities from which a point is found, from which it is unsure, and from which it is said
    that the answer says the opposite; and below which it is doubted that the answer is about the
    question."""

    found: float
    unsure: float
    opposite: float
    fitting: float = 1.0


@dataclass(frozen=True, slots=True)
class Judge:
    """Of a unit beside a point, from CLOSE and READ. said: the probability that it makes or denies
    the point; true: that it does not deny it; fitting: that its answer is one to this question, and
    not to another (None: that is not asked)."""

    said: Logistic
    true: Logistic
    limits: Limits
    fitting: Logistic | None = None

    def meant(self, measures: Array) -> Array:
        """The probabilities that units speak of the point in an answer about the question."""
        said = self.said(measures)
        if self.fitting is None:
            return said
        meant: Array = said * np.minimum(1, self.fitting(measures) / self.limits.fitting)
        return meant


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one engine's measures mean: for points with phrasings, for those without, and for those
    of a question without a model answer."""

    phrased: Judge
    plain: Judge
    bare: Judge

    def judge(self, point: Point) -> Judge:
        if point.is_phrased:
            return self.phrased
        return self.bare if point.second is None else self.plain


@cache
def judgements() -> dict[str, Judgement]:
    """By the name of the engine."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: Judgement(**{way: _judge(stored_judge) for way, stored_judge in ways.items()})
        for name, ways in stored.items()
    }


def _judge(stored: Mapping[str, Mapping[str, float]]) -> Judge:
    fitting = _logistic(stored["fitting"]) if "fitting" in stored else None
    said, true = _logistic(stored["said"]), _logistic(stored["true"])
    return Judge(said, true, Limits(**stored["limits"]), fitting)


def _logistic(stored: Mapping[str, float]) -> Logistic:
    weights = np.array([stored.get(name, 0.0) for name in CLOSE + READ], np.float32)
    return Logistic(weights, stored["constant"])
