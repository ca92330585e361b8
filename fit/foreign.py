"""Answers to other questions: what an answer that is about something else looks like."""

import hashlib
from collections.abc import Sequence
from functools import cache

import numpy as np

from attempts.scoring.engine import Engine
from attempts.scoring.weights import Array
from fit.corpus import LabelledAnswer, Question

NEIGHBOURS = 4  # of the other questions: those that ask for the nearest
STRANGERS = 4  # and some of the rest
KIND = "foreign"


def foreign_answers(
    encoder: Engine, questions: Sequence[Question], question: Question
) -> list[tuple[str, LabelledAnswer]]:
    """For each of some other questions its name and an answer to it, and for half of them the model
    answer. No point is labelled as made, though a neighbour's answer may make one."""
    nothing = [0.0] * len(question.points)
    ordered = _nearest_first(encoder, questions, question)
    strangers = sorted(ordered[NEIGHBOURS:], key=lambda other: _any(question.name, other.name))
    found = []
    for some in (ordered[:NEIGHBOURS], strangers[:STRANGERS]):
        for number, other in enumerate(some):
            given = [answer.text for answer in other.answers if answer.kind != "wrong"]
            texts = [min(given, key=lambda text: _any(question.name, text))]
            if number < len(some) // 2:
                texts.append(other.model_answer)
            found += [(other.name, LabelledAnswer(KIND, text, nothing)) for text in texts]
    return found


def _nearest_first(
    encoder: Engine, questions: Sequence[Question], question: Question
) -> list[Question]:
    asked = _vectors(encoder, tuple(each.prompt for each in questions))
    order = np.argsort(-(asked @ asked[questions.index(question)]), kind="stable")
    return [questions[number] for number in order if questions[number] is not question]


@cache
def _vectors(encoder: Engine, prompts: tuple[str, ...]) -> Array:
    return encoder.vectors(encoder.read(prompts))


def _any(question: str, text: str) -> str:
    """The same order every time, another for each question."""
    return hashlib.sha256(f"{question} {text}".encode()).hexdigest()
