"""What the result page says of the time and the words of the answers."""

from dataclasses import dataclass
from functools import cached_property

from attempts.models import Attempt, ClosedBy, KeptText
from attempts.rules.results.delivery import DEFINITIONS, Delivery, DeliverySummary, delivery
from attempts.rules.results.pace import Pace, PaceSummary, events_of, summary
from attempts.views.results.answer_result import AnswerResult


@dataclass(frozen=True)
class AnswerTold:
    """One answer. row: its other results. was_extended: whether its own time was."""

    row: AnswerResult
    was_extended: bool

    @cached_property
    def pace(self) -> Pace:
        answer = self.row.answer
        return Pace(
            used=answer.time_spent,
            allowed=answer.limit,
            first_word_after=answer.first_word_after,
            longest_pause=answer.longest_pause,
            events=events_of(
                was_reached=self.row.was_reached,
                is_answered=answer.is_answered,
                ran_out=self.row.ran_out,
                was_skipped=answer.closed_by == ClosedBy.SKIPPED,
                was_extended=self.was_extended,
                was_changed_in_overtime=self.row.was_changed_in_overtime,
                has_late_text=any(
                    kept.source == KeptText.Source.LATE for kept in answer.kept_texts.all()
                ),
            ),
        )

    @cached_property
    def delivery(self) -> Delivery:
        shown = [p.said or p.evidence for p in self.row.points if p.met and p.counts]
        return delivery(self.row.answer.text, filter(None, shown))


@dataclass(frozen=True)
class HowItWent:
    """All answers of an attempt, in order."""

    attempt: Attempt
    rows: list[AnswerResult]

    @cached_property
    def answers(self) -> list[AnswerTold]:
        extended = {added.position for added in self.attempt.added_times.all()}
        return [AnswerTold(row, row.answer.position in extended) for row in self.rows]

    @property
    def written(self) -> list[AnswerTold]:
        return [each for each in self.answers if each.row.answer.is_answered]

    @cached_property
    def pace(self) -> PaceSummary:
        return summary(each.pace for each in self.answers)

    @cached_property
    def delivery(self) -> DeliverySummary:
        return DeliverySummary([each.delivery for each in self.written])

    @property
    def definitions(self) -> dict[str, str]:
        return DEFINITIONS
