"""What a material change of a question would do to scores that were given before it.

Only key points that were asked then and still stand count: a point that was dropped or reworded
counts for nobody, and one that is new was never asked. So a share can be worked out from the ticks
that are there.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from attempts import totals
from attempts.models import Answer, Attempt
from questions.models import Question, QuestionVersion


def share_on_common_points(
    ticks: Sequence[bool], asked: Sequence[str], standing: Sequence[str]
) -> Decimal | None:
    """The share of the points of `asked` that `standing` still has; None if it has none of them.

    ticks: shape (len(asked),). Points are the same if their words are, whatever their case.
    """
    now = {_folded(point) for point in standing}
    left = [tick for tick, point in zip(ticks, asked, strict=True) if _folded(point) in now]
    return totals.share(left) if left else None


def _folded(point: str) -> str:
    return " ".join(point.split()).casefold()


@dataclass(frozen=True)
class Change:
    """One answer whose share would move, and the attempt's score with it."""

    answer: Answer
    share: Decimal
    score: Decimal

    @property
    def attempt(self) -> Attempt:
        return self.answer.attempt


@dataclass(frozen=True)
class Plan:
    """changes: in order of the attempts' ends. same: how many scored answers would not move.

    version: whose key points they go by. impossible: answers to versions that share no key point
    with it.
    """

    version: QuestionVersion
    changes: list[Change]
    same: int
    impossible: int

    @property
    def fingerprint(self) -> str:
        """The same as long as the same answers would move from and to the same shares."""
        seen = [(change.answer.pk, change.answer.share, change.share) for change in self.changes]
        return hashlib.sha256(repr((self.version.pk, seen)).encode()).hexdigest()


def plan(question: Question) -> Plan:
    """Which scores the current key points would move. Reads only; a constant number of queries."""
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
        ticks = answer.confirmed or answer.suggested
        share = ticks and share_on_common_points(ticks, answer.version.key_points, standing)
        if share is None:
            impossible += 1
        elif share == answer.share:
            same += 1
        else:
            changes.append(Change(answer, share, _score_with(answer, share)))
    return Plan(question.current_version, changes, same, impossible)


def _score_with(changed: Answer, share: Decimal) -> Decimal:
    """The attempt's score if one of its answers had another share."""
    answers = changed.attempt.answers.all()
    return totals.score(
        [(a.is_answered, share if a.pk == changed.pk else a.share) for a in answers]
    )
