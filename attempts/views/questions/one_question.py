"""One question, and where somebody was asked it; the texts of the answers are read page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from attempts.models import REACHED, WRITTEN, Answer
from attempts.owners import Owner
from attempts.rules.lifecycle import State
from questions.models import QuestionVersion


class Asked(NamedTuple):
    """An answer whose question was shown. reached: whether it was opened, or has words."""

    answer: int
    version: int
    attempt: UUID
    state: str
    finished_at: datetime | None
    reached: bool


@dataclass(frozen=True)
class OneQuestion:
    """prompts: those of all versions, by their ids. asked: to one owner, in no order."""

    pk: int
    prompts: Mapping[int, str]
    asked: Sequence[Asked]

    @property
    def newest_shown(self) -> Mapping[int, int]:
        """The newest version that was shown, by the id of the question; empty if none was."""
        return {self.pk: max(each.version for each in self.asked)} if self.asked else {}

    @property
    def ended(self) -> Sequence[int]:
        """The ids of the answers of attempts that have ended, the newest first."""
        ended = [
            (each.finished_at, each.answer)
            for each in self.asked
            if each.reached and each.finished_at is not None
        ]
        return [pk for _, pk in sorted(ended, reverse=True)]

    @property
    def running(self) -> UUID | None:
        """The attempt that asks it right now."""
        return next((each.attempt for each in self.asked if each.state == State.RUNNING), None)


def one_question(owner: Owner | None, pk: int) -> OneQuestion:
    """With the ids of its versions at hand, PostgreSQL knows how often each was asked: it finds the
    few answers of one person by their attempts, not among all answers to the question.
    """
    versions = QuestionVersion.objects.filter(question=pk).order_by()
    prompts = dict(versions.values_list("pk", "prompt"))
    shown = Answer.objects.shown_to(owner).filter(version__in=list(prompts)).order_by()
    asked = shown.annotate(reached=REACHED | Q(text__regex=WRITTEN)).values_list(
        *("pk", "version", "attempt", "attempt__state", "attempt__finished_at", "reached")
    )
    return OneQuestion(pk, prompts, [Asked(*row) for row in asked])
