"""Which answers: queries about the answers of attempts.

An answer is to a question, or to a follow-up of one. Each method says which of them it selects.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from attempts.models.attempt import FINISHED, WRITTEN
from attempts.owners import Owner
from attempts.rules.lifecycle import State
from questions.models import Timing

if TYPE_CHECKING:
    from attempts.models.answer import Answer

REACHED = Q(opened_at__isnull=False) | Q(time_spent__gt=timedelta())
"""Selects the answers whose question has been open, whether or not a page has shown it."""


class AnswerQuerySet(models.QuerySet["Answer"]):
    def to_questions(self) -> Self:
        """Without the follow-ups: one answer for each question that was asked."""
        return self.filter(follows=None)

    def written(self) -> Self:
        """Answers that say something (Answer.is_answered), those to follow-ups too."""
        return self.filter(text__regex=WRITTEN)

    def awaiting_suggestion(self) -> Self:
        """Closed answers, those to follow-ups too, that no engine has looked at. None of discarded
        attempts, which get no score.
        """
        states = (State.RUNNING.value, *FINISHED)
        closed = self.written().filter(engine="", closed_at__isnull=False)
        return closed.filter(attempt__state__in=states).order_by("closed_at", "pk")

    def reviews(self) -> Self:
        """Answers from which it follows when a question is due: those with a share, and blank ones
        to questions that were reached. What waits for an engine or for ticks is none yet. A
        follow-up is no review of its own: what it is worth is in the share of its question.
        """
        is_blank = ~Q(text__regex=WRITTEN)
        counts = Q(share__isnull=False) | (REACHED & is_blank)
        return self.to_questions().filter(counts, attempt__state__in=FINISHED)

    def in_batches(self, size: int = 200) -> "Iterator[Answer]":
        """Each answer in the order of the keys, read with one query for each `size` of them.

        For work that takes longer than one statement may: outside a transaction, iterator() has
        PostgreSQL compute all rows in one statement.
        """
        last = 0
        while batch := list(self.filter(pk__gt=last).order_by("pk")[:size]):
            yield from batch
            last = batch[-1].pk

    def drawn_for(self, owner: Owner) -> Self:
        """Answers to all questions ever drawn for the owner."""
        return self.to_questions().filter(owner.condition("attempt__")).order_by()

    def shown_to(self, owner: Owner | None) -> Self:
        """Answers to questions that the owner has been shown, without follow-ups.

        A result shows all questions of its attempt; a running attempt those that were opened.
        """
        if owner is None:
            return self.none()
        ended = ~Q(attempt__state=State.RUNNING.value)
        shown = Q(shown_at__isnull=False) | Q(attempt__timing=Timing.TOTAL.value) & REACHED
        mine = self.to_questions().filter(owner.condition("attempt__"))
        return mine.filter(ended | shown)
