"""What the result page says of the score: the number or the range, and what is left to check."""

from collections.abc import Mapping
from dataclasses import dataclass

from attempts.models import Attempt, FinishReason
from attempts.rules import totals
from attempts.rules.lifecycle import State
from attempts.rules.score_range import Range, Shown, score_range_by_group, shown_range
from attempts.views.results.answer_result import AnswerResult


@dataclass(frozen=True)
class ScoreSummary:
    """The score of an attempt that has ended. rows: one for each of its questions, in order.

    is_read_later: whether some wait for an engine, and it is not known for how long.
    """

    attempt: Attempt
    rows: list[AnswerResult]
    is_read_later: bool = False

    @property
    def asked(self) -> int:
        return len(self.rows)

    @property
    def answered(self) -> int:
        return sum(row.answer.is_answered for row in self.rows)

    @property
    def ran_out(self) -> int:
        return sum(row.ran_out for row in self.rows)

    @property
    def waiting(self) -> list[int]:
        """The positions of the questions of which a text still waits for an engine."""
        if not self.attempt.is_finished:
            return []
        return [row.answer.position for row in self.rows if row.is_waiting]

    @property
    def is_being_read(self) -> bool:
        return bool(self.waiting) and not self.is_read_later

    @property
    def unchecked(self) -> int:
        """How many questions the candidate has not checked yet."""
        return sum(not row.is_checked for row in self.rows)

    @property
    def asks_to_check(self) -> bool:
        """Whether there is something to check now, without waiting for an engine."""
        is_too_early = self.attempt.score is None and self.is_being_read
        return self.unchecked > 0 and not is_too_early

    @property
    def is_automatic(self) -> bool:
        """Whether the score rests in part on suggestions that the candidate has not checked."""
        answers = [a for row in self.rows for a in (row.answer, *row.asked.answered_follow_ups)]
        return any(a.confirmed is None and a.suggested is not None for a in answers)

    @property
    def range(self) -> Shown | None:
        """The score without and with what is open, in whole numbers; None if it is one number."""
        spans = [(row.answer.is_answered, row.share_range) for row in self.rows]
        return shown_range(self.attempt.score, spans)

    @property
    def unsure(self) -> int:
        """How many points the engine is unsure of, and the candidate has not decided yet."""
        return sum(len(row.open_points) for row in self.rows if not row.asks_for_ticks)

    @property
    def not_english(self) -> int:
        """How many answers are in another language, and the candidate has not ticked them yet."""
        return sum(row.asks_for_ticks for row in self.rows)

    @property
    def by_topic(self) -> Mapping[str, Range]:
        """Between which scores each topic is; twice the same number where nothing is open."""
        return score_range_by_group((row.topic.name, row.span) for row in self.rows)

    @property
    def headline(self) -> str:
        """The result in a few words: what is left to do, or where it was strong and weak."""
        if self.attempt.state == State.DISCARDED:
            by_staff = self.attempt.finish_reason == FinishReason.STAFF
            who = "The staff of this site" if by_staff else "You"
            return f"{who} discarded this attempt"
        if self.attempt.score is None:
            return "Checking your answers…" if self.is_being_read else "Now check your answers"
        if self.unchecked:
            return "Automatic score" if self.is_automatic else "Your score so far"
        extremes = totals.extremes([(row.topic.name, row.share) for row in self.rows])
        if extremes is None:
            return "Your score"
        return f"Strongest on {extremes[1]}, weakest on {extremes[0]}"
