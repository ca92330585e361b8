"""Suggest again with today's engine, and list beforehand what would change."""

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from attempts import transitions
from attempts.marking.suggesting import engine_name, suggestion_for
from attempts.models import Answer, Suggestion
from attempts.rules import totals
from questions.models import Question

MOST_CHECKED = 200
"""Answers whose suggestions an editor's save looks at."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class SuggestionChange:
    """An answer for which today's engine suggests something else than what is stored.

    before, after: the suggested shares, 0 to 1; None without key points or without a suggestion.
    """

    answer: Answer
    suggestion: Suggestion
    before: Decimal | None
    after: Decimal | None

    @property
    def changes_score(self) -> bool:
        """Whether the score follows. It does not if the candidate has ticked the key points."""
        return self.answer.confirmed is None


def suggestion_changes(answers: Iterable[Answer]) -> Iterator[SuggestionChange]:
    """What would change, answer by answer. Runs the engine for each answer and writes nothing.

    Where a model's server fails, a suggestion that is stored stays: the built-in engine replaces
    none of a model's.
    """
    for answer in answers:
        if not answer.is_answered:
            continue
        suggestion = suggestion_for(answer)
        if answer.engine and suggestion.engine != engine_name():
            logger.warning("Answer %s keeps its suggestion: %s failed.", answer.pk, engine_name())
            continue
        if suggestion.covered != answer.suggested or suggestion.engine != answer.engine:
            before, after = _share(answer, answer.suggested), _share(answer, suggestion.covered)
            yield SuggestionChange(answer, suggestion, before, after)


def _share(answer: Answer, points_met: list[bool] | None) -> Decimal | None:
    return totals.share(points_met, answer.counted) if points_met else None


def apply(change: SuggestionChange) -> bool:
    """Store the new suggestion, unless the text has changed since. Returns whether it did."""
    answer = change.answer
    return transitions.store_suggestion(answer.pk, answer.revision, change.suggestion)


@dataclass(frozen=True)
class Effect:
    """How many of the newest past suggestions to a question would change, of those checked.

    is_all: whether there are no others.
    """

    checked: int
    changed: int
    is_all: bool


def effect_on(question: Question, *, most: int = MOST_CHECKED, seconds: float = 2) -> Effect:
    """What today's phrasings would change for answers to any version. Writes nothing.

    After so many answers or seconds it looks at no further one.
    """
    until = time.monotonic() + seconds
    suggested = Answer.objects.filter(version__question=question).written().exclude(engine="")
    newest = suggested.select_related("version__question").order_by("-pk")
    answers = list(newest[: most + 1])
    checked = changed = 0
    for answer in answers[:most]:
        if time.monotonic() >= until:
            break
        checked += 1
        suggestion = suggestion_for(answer, asks_model=False)  # nobody waits for a server here
        changed += suggestion.covered != answer.suggested
    return Effect(checked, changed, is_all=checked == len(answers))
