"""Suggest again with today's engine, and list beforehand what would change."""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from attempts import transitions
from attempts.chat_engine.server import PREFIX
from attempts.marking.suggesting import engine_name, suggestion_for
from attempts.models import Answer, Evidence, Suggestion
from attempts.rules import totals
from attempts.rules.findings import Finding, finding
from questions.models import Question

MOST_CHECKED = 200
"""Answers whose suggestions an editor's save looks at."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class SuggestionChange:
    """An answer for which today's engine suggests something else than what is stored.

    before, after: the suggested shares of the question, 0 to 1; None without key points or without
    a suggestion. answer: to a question, or to a follow-up, which changes the share of its question.
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
        if _says_else(suggestion, answer) or suggestion.engine != answer.engine:
            before, after = _suggested_share(answer), _suggested_share(answer, suggestion)
            yield SuggestionChange(answer, suggestion, before, after)


def _says_else(suggestion: Suggestion, answer: Answer) -> bool:
    """Whether the suggestion calls a point otherwise than the stored one.

    Other words of the answer for the same finding are no difference.
    """
    before = _called(answer.suggested, answer.evidence)
    return _called(suggestion.covered, suggestion.evidence) != before


def _called(
    covered: Sequence[bool] | None, evidence: Sequence[Evidence] | None
) -> list[tuple[Finding, str | None]]:
    """For each point what it is called, and what the words seem to say instead."""
    covered = covered or []
    nothing = Evidence(confidence=0, text=None, opposite=None)
    shows = evidence or [nothing] * len(covered)
    return [
        (finding(is_covered, shown.get("text"), shown.get("opposite")), shown.get("opposite"))
        for is_covered, shown in zip(covered, shows, strict=True)
    ]


def _suggested_share(answer: Answer, new: Suggestion | None = None) -> Decimal | None:
    """The share of the answer's question by suggestions alone. new: of the answer, if it has one.

    No statement where the attempt has no follow-ups.
    """
    question = answer.follows or answer
    own = _suggested(question, answer, new)
    follow_ups = question.follow_ups.all() if answer.attempt.follow_ups else []
    when_asked = [_suggested(each, answer, new) for each in follow_ups]
    known = [ticks for ticks in when_asked if ticks]
    any_of_them = [any(of_point) for of_point in zip(*known, strict=True)] if known else None
    return totals.share(own, question.counted, any_of_them) if own else None


def _suggested(row: Answer, changed: Answer, new: Suggestion | None) -> list[bool] | None:
    return new.covered if new is not None and row.pk == changed.pk else row.suggested


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

    Without what a model on a server suggested, because that can't be known without asking it.
    It looks at no further one after so many answers, or so many seconds after the first, for which
    the engine may have to start.
    """
    suggested = Answer.objects.filter(version__question=question).written().exclude(engine="")
    here = suggested.exclude(engine__startswith=PREFIX)
    newest = here.select_related("version__question").order_by("-pk")
    answers = list(newest[: most + 1])
    checked = changed = 0
    until = None
    for answer in answers[:most]:
        if until is not None and time.monotonic() >= until:
            break
        checked += 1
        suggestion = suggestion_for(answer, asks_model=False)  # nobody waits for a server here
        changed += _says_else(suggestion, answer)
        until = until or time.monotonic() + seconds
    return Effect(checked, changed, is_all=checked == len(answers))
