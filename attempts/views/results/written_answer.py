"""What a candidate wrote, to a question or to a follow-up, as the result shows it."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from attempts.marking.key_points import KeyPoint
from attempts.models import Answer, ClosedBy, KeptText
from attempts.reports.form import ReportForm
from attempts.rules.findings import Finding
from attempts.rules.highlight import Passage, passages
from attempts.rules.texts import contains_whole


@dataclass
class WrittenAnswer(ABC):
    """report_form: empty, or refused with its errors."""

    answer: Answer
    report_form: ReportForm = field(default_factory=ReportForm)

    @cached_property
    @abstractmethod
    def points(self) -> list[KeyPoint]:
        """The key points of its question, in the author's order, each with what this text has."""

    @property
    def is_decided(self) -> bool:
        """Whether the candidate ticked or accepted the points of this text, or there is no text."""
        return not self.answer.is_answered or self.answer.confirmed is not None

    @property
    def passages(self) -> list[Passage]:
        """The text, cut where the evidence of its points begins and ends."""
        return passages(self.answer.text, [self._marked(point) for point in self.points])

    def _marked(self, point: KeyPoint) -> str | None:
        """The words of the text that show a point, or may show it."""
        if not point.counts:
            return None
        return (point.said or point.evidence) if point.met or self._may_be(point) else None

    def _may_be(self, point: KeyPoint) -> bool:
        open_findings = (Finding.UNSURE, Finding.OPPOSITE)
        return not (point.met or self.is_decided) and point.finding in open_findings

    @property
    def perhaps(self) -> list[int]:
        """The numbers of the points that the marked words may make, or deny."""
        return [point.number for point in self.points if self._may_be(point)]

    @property
    def marks(self) -> list[tuple[Passage, str]]:
        """Its passages, each with how it is marked: as "perhaps" if it surely makes no point."""
        perhaps = set(self.perhaps)
        return [
            (passage, "perhaps" if passage.points and perhaps.issuperset(passage.points) else "")
            for passage in self.passages
        ]

    @property
    def shown_by_candidate(self) -> list[int]:
        """The numbers of the points whose evidence is words that the candidate showed."""
        return [point.number for point in self.points if point.said]

    @property
    def was_reached(self) -> bool:
        return self.answer.opened_at is not None or self.answer.time_spent > timedelta()

    @property
    def ran_out(self) -> bool:
        return self.answer.closed_by == ClosedBy.DEADLINE and self.answer.opened_at is not None

    @property
    def kept_texts(self) -> list[KeptText]:
        """What was kept and does not count, without what the answer that counts has in it."""
        kept = self.answer.kept_texts.all()
        return [each for each in kept if not contains_whole(self.answer.text, each.text)]

    @property
    def was_changed_in_overtime(self) -> bool:
        at_bell = self.answer.text_at_deadline
        return at_bell is not None and at_bell != self.answer.text
