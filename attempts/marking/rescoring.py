"""Suggest anew, with the engine of today, and say beforehand what would move."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from attempts import transitions
from attempts.marking.suggesting import suggestion_for
from attempts.models import Answer, Suggestion
from attempts.rules import totals


@dataclass(frozen=True)
class Move:
    """An answer whose suggestion would change. before, after: suggested shares, 0 to 1."""

    answer: Answer
    suggestion: Suggestion
    before: Decimal | None
    after: Decimal | None

    @property
    def counts(self) -> bool:
        """Whether the score follows; what the candidate has marked stays as it is."""
        return self.answer.confirmed is None


def moves(answers: Iterable[Answer]) -> Iterator[Move]:
    """What would change, answer by answer. Takes the engine's time for each and writes nothing."""
    for answer in answers:
        if not answer.is_answered:
            continue
        found = suggestion_for(answer)
        if found.covered != answer.suggested or found.engine != answer.engine:
            before, after = _share(answer, answer.suggested), _share(answer, found.covered)
            yield Move(answer, found, before, after)


def _share(answer: Answer, points_met: list[bool] | None) -> Decimal | None:
    return totals.share(points_met, answer.counted) if points_met else None


def apply(move: Move) -> bool:
    """Store the new suggestion, unless the text has changed since. Returns whether it did."""
    return transitions.store_suggestion(move.answer.pk, move.answer.revision, move.suggestion)
