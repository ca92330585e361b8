"""score() for pages of the staff, which is done beside the process that serves them.

The processes that make suggestions, and all commands, hold up nobody: they score themselves.
"""

import time
from collections.abc import Sequence

from attempts import scoring
from attempts.scoring import Phrasing, Suggestion
from attempts.scoring_process.messages import Found, Said, Task
from attempts.scoring_process.process import Patience, ScoringProcess

SECONDS = 10.0
"""How long a page waits for one text. What is not known by then is scored in its own thread."""
MOST_WAITING = 4
RESTS = 60.0
"""Seconds in which nothing is asked after nothing came in time: a page may ask thirty times."""
PATIENCE = Patience(answers=SECONDS, idle=60.0)


class _Beside:
    """The process beside this one. Its thread and itself start when they are needed."""

    def __init__(self, process: ScoringProcess) -> None:
        self.process = process
        self._rests_until = 0.0
        self._engine = ""

    def find(self, task: Task) -> Found | None:
        if time.monotonic() < self._rests_until:
            return None
        found = self.process.find(task, SECONDS)
        if found is None:
            self._rests_until = time.monotonic() + RESTS
        return found

    def engine_name(self) -> str:
        """Without loading the engine here, unless nothing else can tell its name."""
        if not self._engine:
            nothing = Task(key_points=[], model_answer="", phrasings=[], said=[])
            found = self.find(nothing)
            self._engine = found["engine"] if found else scoring.engine_name()
        return self._engine


_beside: _Beside | None = None


def serve_pages() -> None:
    """This process serves pages."""
    global _beside
    _beside = _Beside(ScoringProcess(patience=PATIENCE, most_waiting=MOST_WAITING))


def engine_name() -> str:
    """Of the engine whose findings score() returns."""
    return _beside.engine_name() if _beside else scoring.engine_name()


def score(
    question: str,
    key_points: Sequence[str],
    model_answer: str,
    answer: str,
    phrasings: Sequence[Phrasing] | None = None,
) -> Suggestion:
    """What attempts.scoring.score finds. The first time it takes a second or two longer."""
    if _beside is not None:
        said = [Said(asked=question, text=answer)]
        task = Task(
            key_points=key_points, model_answer=model_answer, phrasings=phrasings or [], said=said
        )
        found = _beside.find(task)
        if found and found["engine"] == engine_name():
            return scoring.suggestion_of(found["points"][0])
    return scoring.score(question, key_points, model_answer, answer, phrasings)
