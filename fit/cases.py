"""Answers as measures with labels: what the judgement is fitted on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from attempts.scoring.engine import Engine
from attempts.scoring.measures import CLOSE, READ
from attempts.scoring.observing import nearest, observe
from attempts.scoring.suggestion import prepared_question
from attempts.scoring.weights import Array
from fit.corpus import Question
from fit.foreign import foreign_answers

MEASURES = CLOSE + READ


@dataclass(frozen=True)
class Case:
    """One point beside one answer. measures: of its nearest units, shape (units, measures).
    answers: the question that the answer is one to; None: this one."""

    question: str
    answer: int
    kind: str
    label: float
    measures: Array
    answers: str | None = None

    @property
    def is_foreign(self) -> bool:
        return self.answers not in (None, self.question)

    @property
    def teaches_said(self) -> bool:
        return self.label in (0, 1) and self.kind != "wrong" and not self.is_foreign

    @property
    def is_false(self) -> bool:
        return self.label < 0 or (self.label == 0 and self.kind == "wrong")


def cases(
    encoder: Engine, questions: Sequence[Question], phrased: bool, foreign: bool = False
) -> list[Case]:
    """Every point of every answer, measured with or without the questions' phrasings. foreign:
    beside some answers to other questions too."""
    found = []
    for question in questions:
        texts = [point.text for point in question.points]
        phrasings = [{"accept": p.accept, "reject": p.wrong} for p in question.points]
        prepared = prepared_question(
            encoder, question.prompt, texts, question.model_answer, phrasings if phrased else None
        )
        others = foreign_answers(encoder, questions, question) if foreign else []
        own = [(question.name, answer) for answer in question.answers]
        for number, (answers, answer) in enumerate([*own, *others]):
            readings = nearest(encoder, prepared, observe(encoder, prepared, answer.text))
            for label, of_point in zip(answer.labels, readings, strict=True):
                measures = np.array([each.measures for each in of_point]).reshape(-1, len(MEASURES))
                found.append(Case(question.name, number, answer.kind, label, measures, answers))
    return [case for case in found if len(case.measures)]
