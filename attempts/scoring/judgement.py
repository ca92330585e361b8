"""From measures to confidence in each point, and to a score for the whole.

The numbers are logistic regressions fitted on human labels of 24 debate topics, and two limits
chosen on 18 exam questions; docs/scoring.md says how well they do on others.
"""

from dataclasses import dataclass

import numpy as np

from attempts.scoring.rubric import Measures
from attempts.scoring.weights import Array

COVERED, MAYBE = 0.36, 0.2  # confidence from which a point counts, and from which it is shown


@dataclass(frozen=True, slots=True)
class Coefficients:
    """What a unit of each measure adds to the log-odds that a point is made, for one engine."""

    whole: float
    above: float
    closeness: float
    closer: float
    constant: float
    whole_alone: float  # the same from the measures that need no other key points
    closeness_alone: float
    constant_alone: float
    mix: float  # share of the first, 0 to 1, if there are other key points
    aligned: float  # share of words in the extent, the rest is closeness
    none: float  # extent at which the score is 0
    full: float  # extent at which the score is 1


COEFFICIENTS = {
    "minilm": Coefficients(4.91, 2.40, 2.96, 5.93, -3.70, 7.61, 6.39, -6.29, 0.85, 0.6, 0.15, 0.52),
    "lexical": Coefficients(1.82, 0.31, 2.15, 3.38, -1.1, 3.07, 3.57, -1.6, 0.85, 0.6, 0.03, 0.33),
}
NONE_OF_MODEL, FULL_OF_MODEL = 0.55, 0.84  # limits as shares of another model answer's extent
LONG_WORDS, LENGTH_COST = 50, 0.04  # longer answers match more by chance
SURE, SURE_FROM = 0.85, 3  # parts count in full beside two points of this confidence; key points
DOUBT = 2.0  # log-odds off every point where a whole answer of known limits shows nothing


@dataclass(frozen=True, slots=True)
class Limits:
    none: float
    full: float
    own: bool  # from the question's own texts


def extent(measures: Measures, words: int, c: Coefficients) -> float:
    """How much of all key points together the answer shows, about 0 to 1."""
    long = max(0.0, float(np.log(max(words, 1) / LONG_WORDS)))
    mixed = c.aligned * measures.aligned + (1 - c.aligned) * measures.close
    return mixed - LENGTH_COST * long


def limits(model_extent: float | None, c: Coefficients) -> Limits:
    """For a question whose model answer, in words of its own, has this extent; else None."""
    if model_extent is None or model_extent <= 2 * c.none:
        return Limits(c.none, c.full, own=False)
    return Limits(NONE_OF_MODEL * model_extent, FULL_OF_MODEL * model_extent, own=True)


def overall(shown: float, limit: Limits) -> float:
    """The score, 0 to 1: a smooth step between the limits."""
    t = min(1.0, max(0.0, (shown - limit.none) / (limit.full - limit.none)))
    return t * t * (3 - 2 * t)


def settled(share: float, sure: Array) -> float:
    """The score when points are sure (k,): parts of points count as far as two points are clear."""
    if len(sure) < SURE_FROM:
        return share
    clear = float(np.sort(sure)[-2:].mean())
    return share * min(1.0, max(0.0, (clear - MAYBE) / (SURE - MAYBE)))


def confidences(m: Measures, share: float, limit: Limits, c: Coefficients) -> tuple[Array, Array]:
    """For each point: how sure it was made, 0 to 1, and which sentence shows it; shapes (k,)."""
    told = c.above * m.above + c.closeness * m.closeness + c.closer * m.closer
    alone = c.whole_alone * m.whole + c.closeness_alone * m.closeness.max(1) + c.constant_alone
    odds = c.whole * m.whole + told.max(1) + c.constant
    odds = c.mix * odds + (1 - c.mix) * alone if len(m.whole) > 1 else alone
    if limit.own:
        odds = odds - DOUBT * (1 - share)
    best = told if len(m.whole) > 1 else m.closeness
    sure: Array = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return sure, best.argmax(1)
