"""The probabilities from which something is said of a point."""

from collections.abc import Sequence

import numpy as np

from attempts.scoring.weights import Array
from fit import figures
from fit.cases import Case

WARY = 0.5**0.5  # beta of the F score: precision weighs 1 / beta² as much as recall
MISSED = 0.1
OPPOSITE = 0.65  # probability of speaking of a point falsely: of these, 84 % do
SPARED = 0.005  # share of the found points that the doubt about a whole answer may cost
LIMITS = np.arange(0.1, 0.8, 0.01)


def choose_limits(
    confidences: Array, some: Sequence[Case], found: float | None = None
) -> dict[str, float]:
    """found: where the F of points is best over all answers; if false answers are among them, a
    wrong find weighs as much as two misses. unsure: the highest limit below which at most MISSED of
    the points were made. opposite: OPPOSITE."""
    labels = np.array([case.label for case in some])
    beta = WARY if any(case.kind in ("wrong", "mixed") for case in some) else 1.0
    found = found or max(
        LIMITS, key=lambda limit: figures.f_score(confidences >= limit, labels, beta)
    )
    low = [x for x in LIMITS if x <= found and (labels[confidences < x] == 1).mean() <= MISSED]
    unsure = max(low, default=LIMITS[0])
    return {"found": round(float(found), 2), "unsure": round(float(unsure), 2)} | {
        "opposite": OPPOSITE
    }


def choose_fitting(confidences: Array, fits: Array, some: Sequence[Case], found: float) -> float:
    """The highest limit with which at most SPARED of the points that are made and found are lost.
    confidences: before the doubt."""
    made = np.array([case.label == 1 and not case.is_foreign for case in some])
    kept = made & (confidences >= found)

    def lost(limit: float) -> float:
        return float((doubted(confidences, fits, limit)[kept] < found).mean())

    return round(float(max((x for x in LIMITS if lost(x) <= SPARED), default=LIMITS[0])), 2)


def doubted(confidences: Array, fits: Array, limit: float) -> Array:
    less: Array = confidences * np.minimum(1, fits / limit)
    return less
