"""What the result page shows of an attempt that has ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import prefetch_related_objects

from attempts.marking.example_sentences import selected_sentences, stored_sentences
from attempts.marking.model_check import ModelCheck, model_check
from attempts.models import Answer, Attempt, FinishReason, last_opened
from attempts.owners import Owner
from attempts.practice.choosing import MOST_QUESTIONS, weak_ones
from attempts.reports.form import ReportForm
from attempts.rules import lifecycle
from attempts.rules.lifecycle import IllegalTransition, State
from attempts.rules.results.score_change import ScoreChange
from attempts.rules.score_range import as_shown
from attempts.views.access import load_current
from attempts.views.results.answer_result import AnswerResult
from attempts.views.results.first_screen import Earlier, NextPoint, earlier, next_points
from attempts.views.results.how_it_went import HowItWent
from attempts.views.results.score_summary import ScoreSummary
from questions.models import QuestionVersion

MOST_RENDERED = 6
"""Answers that are in the page when it is loaded: those of a screening, and one more. Each takes a
hundred elements, and a page of thousands is slow on a phone."""

SHOWN_TOO = (
    *("attempt__interview", "version__question__current_version"),
    "version__example_sentences",
)


@dataclass
class ResultPage:
    """An ended attempt with its answers in order, at a given time.

    refused_reports: by position, the form of a report that could not be sent. refused_words: by
    position, which point's words could not be shown, and why. shows_all: whether every answer is
    open, to be searched and printed. examples: by the id of a version, for each key point the
    sentence of the example that makes it. earlier: the attempt to compare with. opens: the position
    of the answer that was worked on last; 0 for none.
    """

    attempt: Attempt
    answers: list[Answer]
    now: datetime
    refused_reports: Mapping[int, ReportForm] = field(default_factory=dict)
    refused_words: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    shows_all: bool = False
    examples: Mapping[int, Sequence[str | None]] = field(default_factory=dict)
    earlier: Earlier | None = None
    opens: int = 0

    @cached_property
    def rows(self) -> list[AnswerResult]:
        return [
            AnswerResult(
                answer,
                self.refused_reports.get(answer.position) or ReportForm(),
                self.refused_words.get(answer.position),
                self.examples.get(answer.version_id, ()),
            )
            for answer in self.answers
        ]

    @property
    def rows_to_check(self) -> list[AnswerResult]:
        """Those with unsure points first, else in order."""
        return sorted(self.rows, key=lambda row: not row.open_points)

    @property
    def change(self) -> ScoreChange | None:
        """How the score changed since the earlier attempt, as both pages show them."""
        score = self.attempt.score
        if self.earlier is None or score is None:
            return None
        return self.earlier.change_to(as_shown(score, self.score.range))

    @property
    def next_points(self) -> list[NextPoint]:
        """What to say next time; nothing before there is a score."""
        return next_points(self.rows) if self.attempt.score is not None else []

    @cached_property
    def weak(self) -> int:
        """How many weak questions there are to practise; none before there is a score."""
        return 0 if self.attempt.score is None else len(weak_ones(self.attempt, self.answers))

    @property
    def practise_label(self) -> str:
        if self.weak == 1:
            return "Practise the weak one"
        if self.weak > MOST_QUESTIONS:
            return f"Practise the {MOST_QUESTIONS} weakest"
        return f"Practise the {self.weak} weak ones"

    @cached_property
    def how_it_went(self) -> HowItWent:
        return HowItWent(self.attempt, self.rows)

    def with_examples(self) -> "ResultPage":
        """The page with what was found in examples since it was read."""
        examples = stored_sentences(answer.version for answer in self.answers)
        return replace(self, examples=examples)

    @property
    def without_examples(self) -> list[QuestionVersion]:
        """The versions of which it is not known yet which sentences of the example make points."""
        versions = [answer.version for answer in self.answers]
        return (
            [v for v in versions if v.pk not in self.examples] if self.attempt.is_finished else []
        )

    @cached_property
    def score(self) -> ScoreSummary:
        return ScoreSummary(self.attempt, self.rows)

    def row_at(self, position: int) -> AnswerResult:
        return next(row for row in self.rows if row.answer.position == position)

    @cached_property
    def expanded(self) -> list[int]:
        """The positions of the answers that are open.

        The only one; one with a refused text; and one with a text that does not count, because
        nobody expects it there.
        """
        positions = [row.answer.position for row in self.rows]
        if self.shows_all or len(positions) == 1:
            return positions
        kept = {row.answer.position for row in self.rows if row.kept_texts}
        shown = {self.opens, *self.refused_reports, *self.refused_words, *kept}
        return [position for position in positions if position in shown]

    @property
    def rendered(self) -> list[int]:
        """The positions of the answers that are in the page at once, be they open or closed.

        The others become part of it when they are opened.
        """
        are_few = len(self.rows) <= MOST_RENDERED
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


def address_of_part(attempt: Attempt, part: str, position: int) -> str:
    """Of a part of an answer on its result, such as "marks", with the answer open."""
    return f"{attempt.get_absolute_url()}?open={position}#{part}-{position}"


def read_result(
    owner: Owner,
    pk: UUID,
    now: datetime,
    *,
    refused_reports: Mapping[int, ReportForm] | None = None,
    refused_words: Mapping[int, tuple[int, str]] | None = None,
    shows_all: bool = False,
    opens: int = 0,
) -> ResultPage:
    """The page with all the rows it shows, because templates make no queries.

    The attempt and its answers come from one statement: between two, an engine could check an
    answer, and the score would belong to other answers. Raises Attempt.DoesNotExist if it is not
    the owner's, and IllegalTransition while it runs, because its key points must not show yet.
    """
    attempt, answers = load_current(owner, pk, now, *SHOWN_TOO)
    if attempt.is_running:
        raise IllegalTransition("a running attempt has no result")
    prefetch_related_objects([attempt], "added_times")
    prefetch_related_objects(answers, "kept_texts", "reports", "said_here")
    return ResultPage(
        attempt,
        answers,
        now,
        refused_reports or {},
        refused_words or {},
        shows_all,
        selected_sentences(answer.version for answer in answers),
        earlier(attempt),
        opens,
    )
