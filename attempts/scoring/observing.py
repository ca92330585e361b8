"""What an engine observes in an answer: which units come near which points, and what they say."""

from dataclasses import dataclass

import numpy as np

from attempts.scoring import guards, measures
from attempts.scoring.engine import Engine
from attempts.scoring.measures import Pair, Spoken
from attempts.scoring.prepared import Prepared
from attempts.scoring.texts import Unit, units
from attempts.scoring.weights import Array

READ_UNITS = 2  # of an answer, for each point: those that are nearest


@dataclass(frozen=True, slots=True)
class Observed:
    """The units of an answer that can say something, and CLOSE: shape (points, units, measures)."""

    spoken: Spoken
    close: Array


@dataclass(frozen=True, slots=True)
class Reading:
    """One unit beside one point. measures: CLOSE and READ. against: the statement that the unit is
    compared with if it says the opposite."""

    unit: Unit
    measures: Array
    against: str


def observe(engine: Engine, question: Prepared, answer: str) -> Observed:
    every = units(answer)
    said = [every[number] for number in guards.that_say_something(every, question)]
    texts = engine.read([unit.text for unit in said])
    spoken = Spoken(said, texts, engine.vectors(texts))
    return Observed(spoken, measures.closeness(question, spoken))


def nearest(engine: Engine, question: Prepared, observed: Observed) -> list[list[Reading]]:
    """For each point the units that are nearest to it, as the engine reads the two together."""
    pairs = []
    for number, point in enumerate(question.points):
        if not point.is_empty:
            order = np.argsort(-measures.nearness(observed.close[number]), kind="stable")
            pairs += [Pair(number, int(unit)) for unit in order[:READ_UNITS]]
    found: list[list[Reading]] = [[] for _ in question.points]
    read = measures.reading(question, observed.spoken, pairs, engine)
    for pair, of_pair in zip(pairs, read, strict=True):
        measured = np.concatenate([observed.close[pair.point, pair.unit], of_pair])
        statement = measures.against(question, observed.spoken, pair)
        unit = observed.spoken.units[pair.unit]
        found[pair.point].append(Reading(unit, measured, statement))
    return found
