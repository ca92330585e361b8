"""Logistic regressions on named measures."""

from dataclasses import dataclass

import numpy as np

from attempts.scoring.weights import Array
from fit.cases import MEASURES

RIDGE = 3.0


@dataclass(frozen=True)
class Fit:
    """A logistic regression on named measures."""

    names: tuple[str, ...]
    weights: Array
    constant: float

    def __call__(self, measures: Array) -> Array:
        columns = [MEASURES.index(name) for name in self.names]
        probability: Array = 1 / (
            1 + np.exp(-np.clip(measures[..., columns] @ self.weights + self.constant, -30, 30))
        )
        return probability

    def stored(self) -> dict[str, float]:
        named = zip(self.names, self.weights, strict=True)
        return {name: round(float(weight), 4) for name, weight in named} | {
            "constant": round(float(self.constant), 4)
        }


def logistic(
    measures: Array,
    labels: np.ndarray,
    names: tuple[str, ...],
    counts: np.ndarray | float = 1.0,
) -> Fit:
    """Ridge logistic regression by Newton's method, on standardized measures. counts: how much each
    of them weighs."""
    x = measures[:, [MEASURES.index(name) for name in names]].astype(float)
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    ridge = np.diag([RIDGE] * len(names) + [0.0])
    weights = np.zeros(len(names) + 1)
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(z @ weights, -30, 30)))
        slope = z.T @ (counts * (p - labels)) + ridge @ weights
        bend = (z * (counts * p * (1 - p))[:, None]).T @ z + ridge + 1e-9
        weights -= np.linalg.solve(bend, slope)
    plain = weights[:-1] / spread
    return Fit(names, plain, float(weights[-1] - plain @ mean))
