"""What the result page shows of an attempt that has ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from attempts.marking.model_check import ModelCheck, model_check
from attempts.models import Answer, AskedQuestion, by_question
from attempts.practice.choosing import MOST_QUESTIONS, weak_ones
from attempts.reports.form import ReportForm
from attempts.rules.results.score_change import ScoreChange
from attempts.rules.score_range import as_shown
from attempts.views.results.answer_result import AnswerResult
from attempts.views.results.ended_attempt import EndedAttempt
from attempts.views.results.first_screen import Earlier, NextPoint, next_points
from attempts.views.results.follow_up_result import FollowUpResult
from attempts.views.results.how_it_went import HowItWent
from attempts.views.results.score_summary import ScoreSummary
from attempts.views.results.written_answer import WrittenAnswer

MOST_RENDERED = 6
"""Answers that are in the page when it is loaded: those of a screening, and one more. Each takes a
hundred elements, and a page of thousands is slow on a phone."""


@dataclass
class ResultPage(EndedAttempt):
    """What the page shows of it: a row for each question, with its follow-ups.

    refused_reports: by position, the form of a report that could not be sent. refused_words: by
    position of a question, which point's words could not be shown, and why. shows_all: whether
    every answer is open, to be searched and printed. examples: by the id of a version, for each key
    point the sentence of the example that makes it. earlier: the attempt to compare with. opens:
    the position of the answer that was worked on last; 0 for none.
    """

    refused_reports: Mapping[int, ReportForm] = field(default_factory=dict)
    refused_words: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    shows_all: bool = False
    examples: Mapping[int, Sequence[str | None]] = field(default_factory=dict)
    earlier: Earlier | None = None
    opens: int = 0
    is_read_later: bool = False

    @cached_property
    def rows(self) -> list[AnswerResult]:
        return [self._row(asked) for asked in by_question(self.answers)]

    def _row(self, asked: AskedQuestion) -> AnswerResult:
        answer = asked.answer
        return AnswerResult(
            answer,
            self._report_form(answer),
            self.refused_words.get(answer.position),
            self.examples.get(answer.version_id, ()),
            [FollowUpResult(a, self._report_form(a), asked=asked) for a in asked.follow_ups],
        )

    def _report_form(self, answer: Answer) -> ReportForm:
        return self.refused_reports.get(answer.position) or ReportForm()

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

    @property
    def has_follow_ups(self) -> bool:
        """Whether points could be made when asked, so that the page says what these are worth."""
        return any(row.asks_how_made for row in self.rows)

    @cached_property
    def score(self) -> ScoreSummary:
        return ScoreSummary(self.attempt, self.rows, self.is_read_later)

    def row_at(self, position: int) -> AnswerResult:
        """The question at a position, or whose follow-up is there."""
        return next(row for row in self.rows if position in row.positions)

    def written_at(self, position: int) -> WrittenAnswer:
        """The answer at a position, be it to a question or to a follow-up."""
        row = self.row_at(position)
        every = [row, *row.follow_ups]
        return next(each for each in every if each.answer.position == position)

    @cached_property
    def expanded(self) -> list[int]:
        """The positions of the questions that are open.

        The only one; one with a refused text; and one with a text that does not count, because
        nobody expects it there.
        """
        shown = {self.opens, *self.refused_reports, *self.refused_words}
        are_all = self.shows_all or len(self.rows) == 1
        return [
            row.answer.position
            for row in self.rows
            if are_all or shown.intersection(row.positions) or row.has_kept_texts
        ]

    @property
    def rendered(self) -> list[int]:
        """The positions of the questions that are in the page at once, be they open or closed.

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
