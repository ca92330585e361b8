"""The process that scores for this process of the server."""

import os
from collections.abc import Sequence

from attempts.models import Answer
from attempts.scoring import weights
from attempts.scoring_process.messages import Found, Said, Task
from attempts.scoring_process.process import ScoringProcess
from questions.models import QuestionVersion
from questions.rules.phrasings import for_points

WAIT_SECONDS = 1.5
"""How long a submit waits for what is found, so that its page comes within two seconds."""
READS_MEANING = "minilm-"
"""Engines of this name are asked. One that compares words cannot say what is clearly missing."""

_process = ScoringProcess()


def _start_anew() -> None:
    """In a forked process, which has not the thread that talks. The child is not its own."""
    global _process
    _process = ScoringProcess()


os.register_at_fork(after_in_child=_start_anew)


def find(version: QuestionVersion, said: Sequence[Said]) -> Found | None:
    """What is found in answers to a question and its follow-ups; None if not known in time.

    version: selected with its question.
    """
    if weights.folder() is None:
        return None
    found = _process.find(_task(version, said), WAIT_SECONDS)
    return found if found and found["engine"].startswith(READS_MEANING) else None


def get_ready(current: Answer) -> None:
    """Have the process ready for an answer to the question that is shown. Nobody waits."""
    if any(current.version.follow_ups) and weights.folder() is not None:
        said = [Said(asked=current.asked, text="")]
        _process.get_ready(_task(current.version, said))


def process() -> ScoringProcess:
    """For tests and measurements."""
    return _process


def _task(version: QuestionVersion, said: Sequence[Said]) -> Task:
    """As attempts.marking.suggesting reads an answer."""
    return Task(
        key_points=version.key_points,
        model_answer=version.example_answer or version.answer,
        phrasings=for_points(version.question.phrasings, version.key_points),
        said=said,
    )
