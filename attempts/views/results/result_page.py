"""What the result page shows of an attempt that has ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import prefetch_related_objects

from attempts.marking.model_check import ModelCheck, model_check
from attempts.models import Answer, Attempt, FinishReason, last_opened
from attempts.owners import Owner
from attempts.reports.form import ReportForm
from attempts.rules import lifecycle
from attempts.rules.lifecycle import IllegalTransition, State
from attempts.views.access import load_current
from attempts.views.results.answer_result import AnswerResult
from attempts.views.results.score_summary import ScoreSummary

MOST_OPEN = 6
"""Answers that are open when the page is loaded: those of a screening, and one more. Each takes a
hundred elements, and a page of thousands is slow on a phone."""


@dataclass
class ResultPage:
    """An ended attempt with its answers in order, at a given time.

    refused_reports: by position, the form of a report that could not be sent. refused_words: by
    position, which point's words could not be shown, and why. shows_all: whether every answer is
    open, to be searched and printed.
    """

    attempt: Attempt
    answers: list[Answer]
    now: datetime
    refused_reports: Mapping[int, ReportForm] = field(default_factory=dict)
    refused_words: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    shows_all: bool = False

    @cached_property
    def rows(self) -> list[AnswerResult]:
        return [
            AnswerResult(
                answer,
                self.refused_reports.get(answer.position) or ReportForm(),
                self.refused_words.get(answer.position),
            )
            for answer in self.answers
        ]

    @cached_property
    def score(self) -> ScoreSummary:
        return ScoreSummary(self.attempt, self.rows)

    def row_at(self, position: int) -> AnswerResult:
        return next(row for row in self.rows if row.answer.position == position)

    @cached_property
    def expanded(self) -> list[int]:
        """The positions of the answers that are open: with a refused text, or next to check."""
        positions = [row.answer.position for row in self.rows]
        if self.shows_all:
            return positions
        to_check = [row.answer.position for row in self.rows if not row.is_checked]
        shown = {*to_check[:MOST_OPEN], *self.refused_reports, *self.refused_words}
        return [position for position in positions if position in shown]

    @property
    def rendered(self) -> list[int]:
        """The positions of the answers that are in the page at once, be they open or closed.

        The others become part of it when they are opened.
        """
        are_few = len(self.rows) <= MOST_OPEN
        return [row.answer.position for row in self.rows] if are_few else self.expanded

    @property
    def engine(self) -> str:
        """Name and version of the engine that checked the answers; "" if none did."""
        return next((answer.engine for answer in self.answers if answer.engine), "")

    @property
    def model_check(self) -> ModelCheck | None:
        return model_check(self.answers)

    @property
    def compares_words_only(self) -> bool:
        return self.engine.startswith("lexical")

    @property
    def is_waiting(self) -> bool:
        return bool(self.score.waiting)

    @property
    def time_allowed(self) -> timedelta | None:
        if not self.attempt.forward_only:
            return self.attempt.limit
        limits = [answer.limit for answer in self.answers if answer.limit is not None]
        return sum(limits, timedelta()) if len(limits) == len(self.answers) else None

    @property
    def is_discarded(self) -> bool:
        return self.attempt.state == State.DISCARDED

    @property
    def was_replaced(self) -> bool:
        return self.attempt.finish_reason == FinishReason.REPLACED

    @property
    def was_overtime(self) -> bool:
        attempt = self.attempt
        return (
            attempt.has_overtime
            and attempt.deadline_at is not None
            and any(answer.text_at_deadline is not None for answer in self.answers)
        )

    @property
    def can_extend(self) -> bool:
        """Whether time ran out a moment ago, so that the page offers "5 more minutes"."""
        attempt = self.attempt
        return attempt.finish_reason == FinishReason.DEADLINE and lifecycle.may_extend(
            attempt.finished_at, self.now, overtime=attempt.has_overtime
        )

    @property
    def last_position(self) -> int:
        """The position of the question that was open at the end."""
        return last_opened(self.answers).position


def read_result(
    owner: Owner,
    pk: UUID,
    now: datetime,
    *,
    refused_reports: Mapping[int, ReportForm] | None = None,
    refused_words: Mapping[int, tuple[int, str]] | None = None,
    shows_all: bool = False,
) -> ResultPage:
    """The page with all the rows it shows, because templates make no queries.

    The attempt and its answers come from one statement: between two, an engine could check an
    answer, and the score would belong to other answers. Raises Attempt.DoesNotExist if it is not
    the owner's, and IllegalTransition while it runs, because its key points must not show yet.
    """
    attempt, answers = load_current(owner, pk, now)
    if attempt.is_running:
        raise IllegalTransition("a running attempt has no result")
    prefetch_related_objects([attempt], "interview", "added_times")
    prefetch_related_objects(answers, "kept_texts", "reports", "said_here")
    return ResultPage(attempt, answers, now, refused_reports or {}, refused_words or {}, shows_all)
