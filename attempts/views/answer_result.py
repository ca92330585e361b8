"""What the result page shows of one answer: its text, its key points, what counts."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from attempts.models import Answer, ClosedBy
from attempts.reports.form import ReportForm
from attempts.rules.highlight import Passage, passages
from attempts.scoring.judgement import MAYBE
from questions.models import Topic

THIRD = Decimal(1) / 3


@dataclass(frozen=True)
class KeyPoint:
    """One idea of a good answer, and whether this answer has it.

    met: as the candidate ticked it, else as suggested; None: neither. counts: False where a
    regrade withdrew it. suggested, confidence, evidence: what the engine found; None if no
    engine has checked the answer.
    """

    index: int
    text: str
    met: bool | None
    counts: bool = True
    suggested: bool | None = None
    confidence: float | None = None
    evidence: str | None = None

    @property
    def number(self) -> int:
        return self.index + 1

    @property
    def is_likely(self) -> bool:
        """Whether the engine found it or is unsure, so that its evidence is worth showing."""
        return bool(self.suggested) or (self.confidence or 0) >= MAYBE

    @property
    def state(self) -> str:
        """In words, what was found and by whom; "" if no engine has checked the answer."""
        if self.suggested is None or self.confidence is None:
            return ""
        if self.suggested:
            return "found"
        if self.met:
            return "added by you"
        return "unsure" if self.is_likely else "not found"


@dataclass
class AnswerResult:
    """One question with its answer. report_form: empty, or refused with its errors."""

    answer: Answer
    report_form: ReportForm = field(default_factory=ReportForm)

    @property
    def is_checked(self) -> bool:
        """Whether the candidate ticked or accepted its points, or there is no answer to check."""
        return not self.answer.is_answered or self.answer.confirmed is not None

    @property
    def is_expanded(self) -> bool:
        """Whether the page shows it expanded, because it is still to be checked."""
        return not self.is_checked

    @property
    def grade(self) -> str:
        """The CSS class of its mark; "" is the good one."""
        if self.answer.is_answered and self.answer.share is None:
            return "none"
        return "low" if self.share < THIRD else "mid" if self.share < 2 * THIRD else ""

    @cached_property
    def points(self) -> list[KeyPoint]:
        texts, suggested = self.answer.version.key_points, self.answer.suggested
        ticks, counted = self.answer.ticks, self.answer.counted
        evidence = self.answer.evidence or [{} for _ in texts]
        return [
            KeyPoint(
                index=i,
                text=text,
                met=ticks[i] if ticks else None,
                counts=counted[i] if counted else True,
                suggested=suggested[i] if suggested else None,
                confidence=evidence[i].get("confidence"),
                evidence=evidence[i].get("text"),
            )
            for i, text in enumerate(texts)
        ]

    @property
    def passages(self) -> list[Passage]:
        """The answer, cut where the evidence of its points begins and ends."""
        evidence = [p.evidence if p.met and p.counts else None for p in self.points]
        return passages(self.answer.text, evidence)

    @property
    def suggested_met(self) -> int:
        return sum(bool(point.suggested) for point in self.points if point.counts)

    @property
    def met(self) -> int:
        return sum(bool(point.met) for point in self.points if point.counts)

    @property
    def counted(self) -> int:
        """How many key points count."""
        return sum(point.counts for point in self.points)

    @property
    def withdrawn(self) -> list[int]:
        """The numbers of the points that a regrade has withdrawn."""
        return [point.number for point in self.points if not point.counts]

    @property
    def share(self) -> Decimal:
        return self.answer.share if self.answer.is_answered and self.answer.share else Decimal()

    @property
    def topic(self) -> Topic:
        return self.answer.version.question.topic

    @property
    def was_reached(self) -> bool:
        return self.answer.opened_at is not None or self.answer.time_spent > timedelta()

    @property
    def ran_out(self) -> bool:
        return self.answer.closed_by == ClosedBy.DEADLINE and self.answer.opened_at is not None

    @property
    def has_newer_version(self) -> bool:
        """Whether the question has been changed since it was asked."""
        return self.answer.version_id != self.answer.version.question.current_version_id

    @property
    def was_changed_in_overtime(self) -> bool:
        at_bell = self.answer.text_at_deadline
        return at_bell is not None and at_bell != self.answer.text
