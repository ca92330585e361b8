"""A question of an attempt as a whole: its answer, and the answers to its follow-ups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from attempts.models.answer import Answer
from attempts.rules import totals
from attempts.rules.totals import Made, how_made


@dataclass(frozen=True)
class AskedQuestion:
    """answer: to the question. follow_ups: the answers to its follow-ups, in order."""

    answer: Answer
    follow_ups: Sequence[Answer] = ()

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """answer: to a question, best with its follow_ups prefetched."""
        return cls(answer, list(answer.follow_ups.all()))

    @property
    def answered_follow_ups(self) -> list[Answer]:
        """Those that say something, if the question itself was answered: they add to an answer."""
        return [each for each in self.follow_ups if each.is_answered and self.answer.is_answered]

    @property
    def is_checked(self) -> bool:
        """Whether the candidate has ticked or accepted all its points, or has nothing to check."""
        if not self.answer.is_answered:
            return True
        rows = [self.answer, *self.answered_follow_ups]
        return all(row.confirmed is not None for row in rows)

    @property
    def when_asked(self) -> list[bool] | None:
        """For each key point whether the answer to a follow-up makes it; None without ticks there.

        Points that the answer itself makes may be among them.
        """
        ticks = [each.ticks for each in self.follow_ups if each.ticks]  # none without a text
        return [any(of_point) for of_point in zip(*ticks, strict=True)] if ticks else None

    @property
    def how_made(self) -> list[Made] | None:
        """For each key point how it is made; None while nothing is known of the answer."""
        own = self.answer.ticks
        if not own:
            return None
        asked = self.when_asked or [False] * len(own)
        return [how_made(*both) for both in zip(own, asked, strict=True)]

    @property
    def share(self) -> Decimal | None:
        """What the question is worth, 0 to 1; None without ticks of the answer itself."""
        return self.share_if(self.answer.counted)

    def share_if(self, counted: Sequence[bool] | None) -> Decimal | None:
        """Its share if these key points counted; None: all."""
        own = self.answer.ticks
        return totals.share(own, counted, self.when_asked) if own else None


def by_question(answers: Iterable[Answer]) -> list[AskedQuestion]:
    """The answers of one or more attempts by the question that they belong to, in order.

    A follow-up whose question is not among them is left out.
    """
    rows = list(answers)
    follow_ups: dict[int, list[Answer]] = {row.pk: [] for row in rows if not row.is_follow_up}
    for row in rows:
        if row.follows_id in follow_ups:
            follow_ups[row.follows_id].append(row)
    return [AskedQuestion(row, follow_ups[row.pk]) for row in rows if not row.is_follow_up]


def question_of(answer: Answer, answers: Iterable[Answer]) -> AskedQuestion:
    """The question that an answer is to, or whose follow-up it is to.

    answers: all of its attempt. Raises Answer.DoesNotExist if it is not among them.
    """
    wanted = answer.follows_id or answer.pk
    for asked in by_question(answers):
        if asked.answer.pk == wanted:
            return asked
    raise Answer.DoesNotExist(f"no question {wanted}")
