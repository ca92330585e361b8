"""score() for pages of the staff, which is done beside the process that serves them.

The processes that make suggestions, and all commands, hold up nobody: they score themselves.
"""

from collections.abc import Sequence

from attempts import scoring
from attempts.scoring import Phrasing, Suggestion
from attempts.scoring_process.messages import Said, Task
from attempts.scoring_process.process import Patience, ScoringProcess

SECONDS = 20.0
"""How long a page waits. What is not known by then is scored in the page's own thread."""
MOST_WAITING = 50
PATIENCE = Patience(answers=SECONDS, idle=60.0)

_process: ScoringProcess | None = None


def serve_pages() -> None:
    """This process serves pages. The one beside it starts when it is needed."""
    global _process
    _process = ScoringProcess(patience=PATIENCE, most_waiting=MOST_WAITING)


def score(
    question: str,
    key_points: Sequence[str],
    model_answer: str,
    answer: str,
    phrasings: Sequence[Phrasing] | None = None,
) -> Suggestion:
    """What attempts.scoring.score finds. The first time it takes a second or two longer."""
    if _process is not None:
        said = [Said(asked=question, text=answer)]
        task = Task(
            key_points=key_points, model_answer=model_answer, phrasings=phrasings or [], said=said
        )
        if found := _process.find(task, SECONDS):
            return scoring.suggestion_of(found["points"][0])
    return scoring.score(question, key_points, model_answer, answer, phrasings)
