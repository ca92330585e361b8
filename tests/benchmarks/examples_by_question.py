"""Every example answer of a bank against every question, each example read once."""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context

from attempts.scoring import guards, measures
from attempts.scoring.engine import engine
from attempts.scoring.judgement import judgements
from attempts.scoring.measures import Spoken
from attempts.scoring.observing import Observed, nearest
from attempts.scoring.suggestion import point_from, prepared_question
from attempts.scoring.texts import units
from questions.formats import QuestionRecord


def phrasings_of(question: QuestionRecord) -> list[dict]:
    return [
        {"accept": list(p.also_said_as), "reject": list(p.not_to_be_confused_with)}
        for p in question.phrasings or ()
    ]


@cache
def spoken(answer: str) -> Spoken:
    """The units of an answer as the engine reads them: the same for every question."""
    said = units(answer)
    texts = engine().read([unit.text for unit in said])
    return Spoken(said, texts, engine().vectors(texts))


def share(question: QuestionRecord, answer: str) -> float:
    """What `score` gives as `low`."""
    encoder = engine()
    example = question.example_answer
    prepared = prepared_question(
        encoder, question.prompt, question.key_points, example, phrasings_of(question)
    )
    every = spoken(answer)
    kept = guards.that_say_something(every.units, prepared)
    some = Spoken(
        [every.units[n] for n in kept], [every.texts[n] for n in kept], every.vectors[kept]
    )
    read = nearest(encoder, prepared, Observed(some, measures.closeness(prepared, some)))
    judgement = judgements()[encoder.name]
    judges = [judgement.judge(point) for point in prepared.points]
    found = [point_from(each, answer, judge) for each, judge in zip(read, judges, strict=True)]
    return sum(point["covered"] for point in found) / max(1, len(found))


def _row(numbers: tuple[QuestionRecord, Sequence[str]]) -> list[float]:
    question, answers = numbers
    return [share(question, answer) for answer in answers]


def matrix(questions: Sequence[QuestionRecord]) -> list[list[float]]:
    """For each question what the example of each question gets; shape (questions, questions).

    In as many processes as there are CPUs.
    """
    answers = [question.example_answer for question in questions]
    tasks = [(question, answers) for question in questions]
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork")) as pool:
        return list(pool.map(_row, tasks, chunksize=4))
