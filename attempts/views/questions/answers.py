"""Every answer that somebody gave to a question, each beside the one before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from attempts.models import Answer, ClosedBy
from attempts.rules.lifecycle import State
from attempts.rules.my_questions.points import PointChanges, Points, points_between
from questions.rules.compare import Piece, changed_words

ANSWERS_PER_PAGE = 10
_LONG = ("evidence", "search", "text_at_deadline")


@dataclass(frozen=True)
class AnswerBeside:
    """An answer of an attempt that has ended. before: the one before it; None: it is the first.

    number: which answer to the question it is, from 1.
    """

    answer: Answer
    before: Answer | None
    number: int

    @cached_property
    def changes(self) -> tuple[Sequence[Piece], Sequence[Piece]] | None:
        """The words of the one before and of this one, with what was removed and added.

        None where one of the two has no words to compare, or both have the same.
        """
        if self.before is None or self.is_same:
            return None
        if not (self.answer.is_answered and self.before.is_answered):
            return None
        return changed_words(self.before.text, self.answer.text)

    @property
    def follow_ups(self) -> Sequence[Answer]:
        """The answers to its follow-ups."""
        return list(self.answer.follow_ups.all())

    @property
    def then(self) -> Sequence[Piece]:
        return self.changes[0] if self.changes else []

    @property
    def now(self) -> Sequence[Piece]:
        return self.changes[1] if self.changes else []

    @property
    def is_same(self) -> bool:
        return self.before is not None and self.before.text.split() == self.answer.text.split()

    @cached_property
    def points(self) -> PointChanges | None:
        """None where one of the two has no ticks to compare."""
        before = None if self.before is None else _points_of(self.before)
        after = _points_of(self.answer)
        return None if before is None or after is None else points_between(before, after)

    @property
    def is_discarded(self) -> bool:
        return self.answer.attempt.state == State.DISCARDED

    @property
    def ran_out(self) -> bool:
        return self.answer.closed_by == ClosedBy.DEADLINE


def _points_of(answer: Answer) -> Points | None:
    """The key points that count, each with whether it was made; None if that is not known yet.

    One that was made only when asked is not: who makes it unasked the next time has won it.
    """
    texts = answer.version.key_points
    ticks = answer.ticks if answer.is_answered else [False] * len(texts)
    if ticks is None or not answer.attempt.is_finished:
        return None
    counted = answer.counted or [True] * len(texts)
    both = zip(texts, ticks, counted, strict=True)
    return [(text, is_made) for text, is_made, counts in both if counts]


def answers_beside(pks: Sequence[int], first: int) -> Sequence[AnswerBeside]:
    """A page of the answers, each with the one before it.

    pks: of all of them, the newest first. first: the index of the first one of the page.
    """
    wanted = pks[first : first + ANSWERS_PER_PAGE + 1]
    read = Answer.objects.select_related("attempt", "version").defer(*_LONG)
    follow_ups = Answer.objects.select_related("version").defer(*_LONG)
    found = read.prefetch_related(Prefetch("follow_ups", follow_ups)).in_bulk(wanted)
    page = [found[pk] for pk in wanted if pk in found]
    pairs = zip(page, [*page[1:], None], strict=True)
    beside = [AnswerBeside(a, b, len(pks) - first - i) for i, (a, b) in enumerate(pairs)]
    return beside[:ANSWERS_PER_PAGE]
