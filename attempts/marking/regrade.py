"""What the key points of a corrected question would do to scores that were given before.

A key point that an answer was asked for counts if the question still has it. A point that was
dropped or reworded does not count, and a new point was never asked. So the new share follows from
the stored ticks, of the answer and of those to its follow-ups.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from attempts.models import Answer, Attempt, question_of
from attempts.rules import totals
from questions.models import QuestionVersion
from questions.rules.texts import folded


def which_still_count(asked: Sequence[str], current: Sequence[str]) -> list[bool]:
    """Whether `current` has each point of `asked` too: shape (len(asked),).

    Two points are the same if they have the same words, in upper or lower case.
    """
    current_points = {folded(point) for point in current}
    return [folded(point) in current_points for point in asked]


@dataclass(frozen=True)
class AnswerChange:
    """One answer for which other points would count, with the share and score that follow.

    counted: shape (points asked,). share_before, share: 0 to 1. score: of the attempt, 0 to 100.
    """

    answer: Answer
    counted: list[bool]
    share_before: Decimal
    share: Decimal
    score: Decimal | None

    @property
    def attempt(self) -> Attempt:
        return self.answer.attempt

    @property
    def changes_score(self) -> bool:
        return self.share != self.share_before

    @property
    def is_needed(self) -> bool:
        """True even if the share stays the same now: the next tick would be counted wrong."""
        counted = self.answer.counted or [True] * len(self.counted)
        return self.changes_score or self.counted != counted


@dataclass(frozen=True)
class RegradePlan:
    """What a regrade by the key points of one version would change.

    changes: ordered by when the attempts ended. unchanged: how many scored answers to other
    versions stay as they are. impossible: how many have no key point in common with the version,
    or no ticks.
    """

    version: QuestionVersion
    changes: list[AnswerChange]
    unchanged: int
    impossible: int

    @property
    def score_changes(self) -> int:
        """How many of the changes change a score."""
        return sum(change.changes_score for change in self.changes)

    @property
    def fingerprint(self) -> str:
        """Stays the same as long as the plan changes the same answers to the same shares."""
        parts = [(c.answer.pk, c.share_before, c.share, c.counted) for c in self.changes]
        return hashlib.sha256(repr((self.version.pk, parts)).encode()).hexdigest()


def plan_regrade(version: QuestionVersion) -> RegradePlan:
    """What the key points of a question's current version would regrade.

    Reads only, with a constant number of queries.
    """
    asked = (
        Answer.objects.to_questions()
        .filter(version__question=version.question_id, share__isnull=False)
        .exclude(version=version)
        .filter(attempt__in=Attempt.objects.finished())
        .select_related("attempt__user", "version")
        .prefetch_related("attempt__answers")
        .order_by("attempt__finished_at", "attempt_id")
    )
    changes, unchanged, impossible = [], 0, 0
    for answer in asked:
        change = _change(answer, version.key_points)
        if change is None:
            impossible += 1
        elif change.is_needed:
            changes.append(change)
        else:
            unchanged += 1
    return RegradePlan(version, changes, unchanged, impossible)


def _change(answer: Answer, current_points: Sequence[str]) -> AnswerChange | None:
    """None if no point that was asked is left, or if there are no ticks."""
    counted = which_still_count(answer.version.key_points, current_points)
    if answer.share is None or not answer.ticks or not any(counted):
        return None
    share = question_of(answer, answer.attempt.answers.all()).share_if(counted)
    if share is None:
        return None
    return AnswerChange(answer, counted, answer.share, share, _score_with(answer, share))


def _score_with(changed: Answer, share: Decimal) -> Decimal | None:
    """The attempt's score if this one of its answers had another share."""
    answers = changed.attempt.answers.all()
    return totals.score(
        [
            (a.is_answered, share if a.pk == changed.pk else a.share)
            for a in answers
            if not a.is_follow_up
        ]
    )
