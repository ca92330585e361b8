"""What the result page shows of an attempt that has ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from attempts.models import Answer, Attempt, ClosedBy, FinishReason, last_opened
from attempts.rules import lifecycle, totals
from attempts.rules.highlight import Passage, passages
from attempts.scoring.judgement import MAYBE
from questions.models import Topic

THIRD = Decimal(1) / 3


@dataclass(frozen=True)
class KeyPoint:
    """One idea that a good answer contains, and what is known of it in this answer.

    met: as the candidate ticked it, else as suggested; None: neither. counts: False where a
    regrade withdrew it. suggested, confidence, evidence: what the engine found; None where none
    has looked.
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
    def finding(self) -> str:
        """What the engine found, in words: "found", "maybe", "not found"; "" if none looked."""
        if self.suggested is None or self.confidence is None:
            return ""
        if self.suggested:
            return "found"
        return "maybe" if self.confidence >= MAYBE else "not found"


@dataclass
class AnswerResult:
    """One question with its answer, as the result page takes it."""

    answer: Answer

    @property
    def opens(self) -> bool:
        """Whether the page shows it open at once: an answer that the candidate has not scored."""
        return not self.is_scored

    @property
    def grade(self) -> str:
        """The style of its mark: good by default."""
        if self.answer.is_answered and self.answer.share is None:
            return "none"
        return "low" if self.share < THIRD else "mid" if self.share < 2 * THIRD else ""

    @property
    def points(self) -> list[KeyPoint]:
        texts, suggested = self.answer.version.key_points, self.answer.suggested
        ticks, counted = self.answer.ticks, self.answer.counted
        found = self.answer.evidence or [{} for _ in texts]
        return [
            KeyPoint(
                index=i,
                text=text,
                met=ticks[i] if ticks else None,
                counts=counted[i] if counted else True,
                suggested=suggested[i] if suggested else None,
                confidence=found[i].get("confidence"),
                evidence=found[i].get("text"),
            )
            for i, text in enumerate(texts)
        ]

    @property
    def passages(self) -> list[Passage]:
        """The answer, cut where its points were found; of points that count only."""
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
        """How many key points its share is of."""
        return sum(point.counts for point in self.points)

    @property
    def withdrawn(self) -> list[int]:
        """The numbers of the points that do not count any more."""
        return [point.number for point in self.points if not point.counts]

    @property
    def is_scored(self) -> bool:
        """Ticked or confirmed by the candidate, or nothing to tick: without an answer it is 0."""
        return not self.answer.is_answered or self.answer.confirmed is not None

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
    def is_corrected_since(self) -> bool:
        """Whether the question says something else now than when it was asked."""
        return self.answer.version_id != self.answer.version.question.current_version_id

    @property
    def went_over(self) -> bool:
        """Overtime: whether the answer was changed after the bell."""
        at_bell = self.answer.text_at_deadline
        return at_bell is not None and at_bell != self.answer.text


@dataclass
class Result:
    """An ended attempt with its answers in order, at a given time."""

    attempt: Attempt
    answers: list[Answer]
    now: datetime

    @property
    def rows(self) -> list[AnswerResult]:
        return [AnswerResult(answer) for answer in self.answers]

    @property
    def answered(self) -> int:
        return sum(answer.is_answered for answer in self.answers)

    @property
    def scored(self) -> int:
        return sum(row.is_scored for row in self.rows)

    @property
    def is_provisional(self) -> bool:
        return self.scored < len(self.answers)

    @property
    def is_suggested(self) -> bool:
        """Whether an engine's suggestion is a part of the score."""
        return any(a.confirmed is None and a.suggested is not None for a in self.answers)

    @property
    def engine(self) -> str:
        """Name and version of the engine that looked at the answers; "" if none did."""
        return next((answer.engine for answer in self.answers if answer.engine), "")

    @property
    def compares_words_only(self) -> bool:
        return self.engine.startswith("lexical")

    @property
    def is_waiting(self) -> bool:
        """Whether an answer that counts is still to be looked at by an engine."""
        left_out = any(answer.is_answered and not answer.engine for answer in self.answers)
        return left_out and self.attempt.is_finished

    @property
    def ran_out(self) -> int:
        return sum(row.ran_out for row in self.rows)

    @property
    def time_allowed(self) -> timedelta | None:
        if not self.attempt.forward_only:
            return self.attempt.limit
        limits = [answer.limit for answer in self.answers]
        return None if None in limits else sum(limits, timedelta())

    @property
    def by_topic(self) -> Mapping[str, Decimal]:
        return totals.percent_by_group((row.topic.name, row.share) for row in self.rows)

    @property
    def headline(self) -> str:
        """The result in a few words: what is left to do, or where it was strong and weak."""
        if self.attempt.score is None:
            return "Comparing your answers…" if self.is_waiting else "Now score your answers"
        if self.is_provisional:
            return "Suggested score" if self.is_suggested else "Your score so far"
        topics = sorted(self.by_topic.items(), key=lambda item: item[1])
        (weakest, low), (strongest, high) = topics[0], topics[-1]
        if low == high:
            return "Your score"
        return f"Strongest on {strongest}, weakest on {weakest}"

    @property
    def was_overtime(self) -> bool:
        attempt = self.attempt
        return (
            attempt.has_overtime
            and attempt.deadline_at is not None
            and any(answer.text_at_deadline is not None for answer in self.answers)
        )

    @property
    def can_go_on(self) -> bool:
        """Whether time ran out a moment ago, so that "5 more minutes" is still on offer."""
        attempt = self.attempt
        return attempt.finish_reason == FinishReason.DEADLINE and lifecycle.may_extend(
            attempt.finished_at, self.now, overtime=attempt.has_overtime
        )

    @property
    def last_position(self) -> int:
        """The position of the question that was open at the end."""
        return last_opened(self.answers).position
