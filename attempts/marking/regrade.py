"""What a material change of a question would do to scores that were given before it.

Only key points that were asked then and still stand count: a point that was dropped or reworded
counts for nobody, and one that is new was never asked. So a share can be worked out from the ticks
that are there.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from attempts.models import Answer, Attempt
from attempts.rules import totals
from questions.models import Question, QuestionVersion


def still_standing(asked: Sequence[str], standing: Sequence[str]) -> list[bool]:
    """For each point of `asked` whether `standing` has it too: shape (len(asked),).

    Points are the same if their words are, whatever their case.
    """
    now = {_folded(point) for point in standing}
    return [_folded(point) in now for point in asked]


def _folded(point: str) -> str:
    return " ".join(point.split()).casefold()


@dataclass(frozen=True)
class Change:
    """One answer of which other points would count, and the share and score that follow.

    counted: shape (points asked,).
    """

    answer: Answer
    counted: list[bool]
    share: Decimal
    score: Decimal

    @property
    def attempt(self) -> Attempt:
        return self.answer.attempt

    @property
    def moves(self) -> bool:
        return self.share != self.answer.share

    @property
    def is_needed(self) -> bool:
        """Also where the share stays for now: the next tick would be counted otherwise."""
        counted = self.answer.counted or [True] * len(self.counted)
        return self.moves or self.counted != counted


@dataclass(frozen=True)
class Plan:
    """changes: in order of the attempts' ends. same: how many scored answers stay as they are.

    version: whose key points they go by. impossible: answers to versions that share no key point
    with it.
    """

    version: QuestionVersion
    changes: list[Change]
    same: int
    impossible: int

    @property
    def moving(self) -> int:
        """How many of the changes move a score."""
        return sum(change.moves for change in self.changes)

    @property
    def fingerprint(self) -> str:
        """The same as long as the same answers would move from and to the same shares."""
        seen = [(c.answer.pk, c.answer.share, c.share, c.counted) for c in self.changes]
        return hashlib.sha256(repr((self.version.pk, seen)).encode()).hexdigest()


def plan(question: Question) -> Plan:
    """What the current key points would regrade. Reads only; a constant number of queries."""
    standing = question.current_version.key_points
    asked = (
        Answer.objects.filter(version__question=question, share__isnull=False)
        .exclude(version=question.current_version_id)
        .filter(attempt__in=Attempt.objects.finished())
        .select_related("attempt__user", "version")
        .prefetch_related("attempt__answers")
        .order_by("attempt__finished_at", "attempt_id")
    )
    changes, same, impossible = [], 0, 0
    for answer in asked:
        change = _change(answer, standing)
        if change is None:
            impossible += 1
        elif change.is_needed:
            changes.append(change)
        else:
            same += 1
    return Plan(question.current_version, changes, same, impossible)


def _change(answer: Answer, standing: Sequence[str]) -> Change | None:
    """None where no point that was asked is left, or none was looked at."""
    counted = still_standing(answer.version.key_points, standing)
    if not answer.ticks or not any(counted):
        return None
    share = totals.share(answer.ticks, counted)
    return Change(answer, counted, share, _score_with(answer, share))


def _score_with(changed: Answer, share: Decimal) -> Decimal:
    """The attempt's score if one of its answers had another share."""
    answers = changed.attempt.answers.all()
    return totals.score(
        [(a.is_answered, share if a.pk == changed.pk else a.share) for a in answers]
    )
