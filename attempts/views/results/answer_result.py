"""What the result page shows of one answer: its text, its key points, what counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from attempts.marking.key_points import KeyPoint, key_points_of
from attempts.marking.open_points import open_points, share_range_of
from attempts.models import Answer, ClosedBy, KeptText
from attempts.reports.form import ReportForm
from attempts.rules.findings import Finding
from attempts.rules.highlight import Passage, passages
from attempts.rules.numbers import percent
from attempts.rules.recall.due import EASY_FROM
from attempts.rules.recall.steps import WEAK_BELOW
from attempts.rules.score_range import Range
from attempts.rules.sentences import sentences
from attempts.rules.texts import contains_whole
from attempts.views.results.correction import Correction, correction_of
from questions.models import Topic


@dataclass
class AnswerResult:
    """One question with its answer. report_form: empty, or refused with its errors.

    refused_words: the index of a point, and why words that were shown for it were refused.
    examples: for each key point the sentence of the example that makes it; () if not known.
    """

    answer: Answer
    report_form: ReportForm = field(default_factory=ReportForm)
    refused_words: tuple[int, str] | None = None
    examples: Sequence[str | None] = ()

    @property
    def is_checked(self) -> bool:
        """Whether the candidate ticked or accepted its points, or there is no answer to check."""
        return not self.answer.is_answered or self.answer.confirmed is not None

    @property
    def grade(self) -> str:
        """How far it is, which is the CSS class of its share; "none" if that is not known yet."""
        if not self.is_scored:
            return "none"
        if self.span.low != self.span.high:
            return "unsure"
        return "weak" if self.is_weak else "solid" if self.share < EASY_FROM else "strong"

    @property
    def is_scored(self) -> bool:
        """Whether its share is known: without an answer it is 0."""
        return not self.answer.is_answered or self.answer.share is not None

    @property
    def is_weak(self) -> bool:
        return self.is_scored and self.share < WEAK_BELOW

    @cached_property
    def points(self) -> list[KeyPoint]:
        return key_points_of(self.answer, self.examples)

    @property
    def points_to_check(self) -> list[KeyPoint]:
        """The points with those first that the candidate has to decide."""
        return sorted(self.points, key=lambda point: point.urgency)

    @property
    def passages(self) -> list[Passage]:
        """The answer, cut where the evidence of its points begins and ends."""
        return passages(self.answer.text, [self._marked(point) for point in self.points])

    def _marked(self, point: KeyPoint) -> str | None:
        """The words of the answer that show a point, or may show it."""
        if not point.counts:
            return None
        return (point.said or point.evidence) if point.met or self._may_be(point) else None

    def _may_be(self, point: KeyPoint) -> bool:
        open_findings = (Finding.UNSURE, Finding.OPPOSITE)
        return not (point.met or self.is_checked) and point.finding in open_findings

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
    def dots(self) -> list[str]:
        """For each point that counts "unsure", "missed" or "made", in the order of the points on
        the page; none while nothing is known."""
        if self.answer.is_answered and not (self.answer.ticks or self.open_points):
            return []
        return [self._dot(point) for point in self.points_to_check if point.counts]

    def _dot(self, point: KeyPoint) -> str:
        if point in self.open_points:
            return "unsure"
        return "made" if point.met else "missed"

    @property
    def dots_in_words(self) -> str:
        """Such as "1 unsure, 2 missed, 3 made"."""
        counts = {state: self.dots.count(state) for state in ("unsure", "missed", "made")}
        return ", ".join(f"{count} {state}" for state, count in counts.items() if count)

    @property
    def missed(self) -> list[KeyPoint]:
        """The points that it clearly misses, in the author's order; none while it is unknown."""
        if not self.is_scored:
            return []
        return [p for p in self.points if p.counts and not p.met and p not in self.open_points]

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

    @cached_property
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
    def share_shown(self) -> str:
        """Such as "50 %", or "25 to 50 %" while points are open."""
        low, high = map(percent, self.span)
        return low if low == high else f"{low.removesuffix(' %')} to {high}"

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
    def correction(self) -> Correction | None:
        """How the question was changed since; None if it was not."""
        current = self.answer.version.question.current_version
        if not self.has_newer_version or current is None:
            return None
        return correction_of(self.answer.version, current)

    @property
    def kept_texts(self) -> list[KeptText]:
        """What was kept and does not count, without what the answer that counts has in it."""
        kept = self.answer.kept_texts.all()
        return [each for each in kept if not contains_whole(self.answer.text, each.text)]

    @property
    def was_changed_in_overtime(self) -> bool:
        at_bell = self.answer.text_at_deadline
        return at_bell is not None and at_bell != self.answer.text
