"""What the result page shows of one answer: its text, its key points, what counts."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from attempts.marking.key_points import KeyPoint, key_points_of
from attempts.marking.open_points import open_points, share_range_of
from attempts.models import Answer, ClosedBy, KeptText
from attempts.reports.form import ReportForm
from attempts.rules.highlight import Passage, passages
from attempts.rules.score_range import Range
from attempts.rules.sentences import sentences
from attempts.rules.texts import contains_whole
from questions.models import Topic

THIRD = Decimal(1) / 3


@dataclass
class AnswerResult:
    """One question with its answer. report_form: empty, or refused with its errors.

    refused_words: the index of a point, and why words that were shown for it were refused.
    """

    answer: Answer
    report_form: ReportForm = field(default_factory=ReportForm)
    refused_words: tuple[int, str] | None = None

    @property
    def is_checked(self) -> bool:
        """Whether the candidate ticked or accepted its points, or there is no answer to check."""
        return not self.answer.is_answered or self.answer.confirmed is not None

    @property
    def grade(self) -> str:
        """The CSS class of its mark; "" is the good one."""
        if self.answer.is_answered and self.answer.share is None:
            return "none"
        return "low" if self.share < THIRD else "mid" if self.share < 2 * THIRD else ""

    @cached_property
    def points(self) -> list[KeyPoint]:
        return key_points_of(self.answer)

    @property
    def points_to_check(self) -> list[KeyPoint]:
        """The points with those first that the candidate has to decide."""
        return sorted(self.points, key=lambda point: point.urgency)

    @property
    def passages(self) -> list[Passage]:
        """The answer, cut where the evidence of its points begins and ends."""
        evidence = [(p.said or p.evidence) if p.met and p.counts else None for p in self.points]
        return passages(self.answer.text, evidence)

    @property
    def shown_by_candidate(self) -> list[int]:
        """The numbers of the points whose evidence is words that the candidate showed."""
        return [point.number for point in self.points if point.said]

    @cached_property
    def sentences(self) -> list[str]:
        return sentences(self.answer.text)

    @property
    def asks_for_ticks(self) -> bool:
        """Whether nothing is suggested, as for an answer in another language."""
        return not self.is_checked and self.answer.not_english

    @property
    def open_points(self) -> list[KeyPoint]:
        """The points that the candidate has to decide; none without an answer."""
        return [self.points[i] for i in open_points(self.answer)] if self.answer.is_answered else []

    @property
    def share_range(self) -> Range | None:
        """The share without and with the open points; None if it is not known yet."""
        return share_range_of(self.answer) if self.answer.is_answered else None

    @property
    def span(self) -> Range:
        """What it adds to a total, without and with its open points."""
        open_to = self.share_range if self.open_points else None
        return Range(self.share, open_to.high if open_to else self.share)

    @property
    def suggested_met(self) -> int:
        return sum(bool(point.suggested) for point in self.points if point.counts)

    @property
    def met(self) -> int:
        return sum(bool(point.met) for point in self.points if point.counts)

    @property
    def most_met(self) -> int:
        """How many points it makes if all open ones are made."""
        return self.met + len(self.open_points)

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
    def kept_texts(self) -> list[KeptText]:
        """What was kept and does not count, without what the answer that counts has in it."""
        kept = self.answer.kept_texts.all()
        return [each for each in kept if not contains_whole(self.answer.text, each.text)]

    @property
    def was_changed_in_overtime(self) -> bool:
        at_bell = self.answer.text_at_deadline
        return at_bell is not None and at_bell != self.answer.text
