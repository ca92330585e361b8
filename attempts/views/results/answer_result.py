"""What the result page shows of one answer: its text, its key points, what counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from attempts.marking.key_points import KeyPoint, key_points_of
from attempts.marking.open_points import open_points, share_range_of
from attempts.models import AskedQuestion
from attempts.rules.numbers import percent
from attempts.rules.recall.due import EASY_FROM
from attempts.rules.recall.steps import WEAK_BELOW
from attempts.rules.score_range import Range
from attempts.rules.totals import Made
from attempts.views.results.correction import Correction, correction_of
from attempts.views.results.follow_up_result import FollowUpResult
from attempts.views.results.written_answer import WrittenAnswer
from questions.models import Topic

_DOTS = {Made.MISSED: "missed", Made.WHEN_ASKED: "asked", Made.MADE: "made"}


@dataclass
class AnswerResult(WrittenAnswer):
    """One question with its answer, and its follow-ups beneath.

    refused_words: the index of a point, and why words that were shown for it were refused.
    examples: for each key point the sentence of the example that makes it; () if not known.
    """

    refused_words: tuple[int, str] | None = None
    examples: Sequence[str | None] = ()
    follow_ups: Sequence[FollowUpResult] = ()

    @cached_property
    def asked(self) -> AskedQuestion:
        return AskedQuestion(self.answer, [each.answer for each in self.follow_ups])

    @property
    def positions(self) -> list[int]:
        """That of the answer, and those of its follow-ups."""
        return [self.answer.position, *(each.answer.position for each in self.follow_ups)]

    @property
    def has_kept_texts(self) -> bool:
        """Whether one of its texts does not count."""
        return any(each.kept_texts for each in (self, *self.follow_ups))

    @property
    def asks_how_made(self) -> bool:
        """Whether a point can be made when asked, because a follow-up was answered."""
        return bool(self.asked.answered_follow_ups)

    @property
    def is_checked(self) -> bool:
        """Whether the candidate ticked or accepted its points, or there is no answer to check."""
        return self.asked.is_checked

    @property
    def is_waiting(self) -> bool:
        """Whether one of its texts waits for an engine."""
        rows = [self.answer, *(each.answer for each in self.follow_ups)]
        return any(row.is_answered and not row.engine for row in rows)

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
        return key_points_of(self.asked, self.examples)

    @property
    def points_to_check(self) -> list[KeyPoint]:
        """The points with those first that the candidate has to decide."""
        return sorted(self.points, key=lambda point: point.urgency)

    @property
    def dots(self) -> list[str]:
        """For each point that counts "unsure", "missed", "asked" (made when asked) or "made", in
        the order of the points on the page; none while nothing is known."""
        if self.answer.is_answered and not (self.answer.ticks or self.open_points):
            return []
        return [self._dot(point) for point in self.points_to_check if point.counts]

    def _dot(self, point: KeyPoint) -> str:
        if point in self.open_points:
            return "unsure"
        return _DOTS[point.made]

    @property
    def dots_in_words(self) -> str:
        """Such as "1 unsure, 2 missed, 3 made"."""
        words = {"unsure": "unsure", **{dot: made.value for made, dot in _DOTS.items()}}
        counts = [(self.dots.count(dot), words[dot]) for dot in words]
        return ", ".join(f"{count} {state}" for count, state in counts if count)

    @property
    def missed(self) -> list[KeyPoint]:
        """The points that it clearly misses, in the author's order; none while it is unknown."""
        return self._decided(Made.MISSED)

    @property
    def to_say(self) -> list[KeyPoint]:
        """What to say next time: what it misses, then what it said only when asked."""
        return [*self.missed, *self._decided(Made.WHEN_ASKED)]

    def _decided(self, made: Made) -> list[KeyPoint]:
        """The points that count and were made so, without those that are open."""
        points = [p for p in self.points if p.counts and p.made == made] if self.is_scored else []
        return [point for point in points if point not in self.open_points]

    @property
    def asks_for_ticks(self) -> bool:
        """Whether nothing is suggested, as for an answer in another language."""
        rows = [self.answer, *self.asked.answered_follow_ups]
        return not self.is_checked and any(a.not_english and a.confirmed is None for a in rows)

    @cached_property
    def open_points(self) -> list[KeyPoint]:
        """The points that the candidate has to decide; none without an answer."""
        return [self.points[i] for i in open_points(self.asked)] if self.answer.is_answered else []

    @property
    def share_range(self) -> Range | None:
        """The share without and with the open points; None if it is not known yet."""
        return share_range_of(self.asked) if self.answer.is_answered else None

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
    def suggested_when_asked(self) -> int:
        points = [p for p in self.points if p.counts and not p.suggested]
        return sum(p.when_asked is not None and p.when_asked.found for p in points)

    @property
    def met(self) -> int:
        """How many points the answer itself makes."""
        return sum(bool(point.met) for point in self.points if point.counts)

    @property
    def met_when_asked(self) -> int:
        """How many points were made only when asked."""
        return sum(p.made == Made.WHEN_ASKED for p in self.points if p.counts)

    @property
    def most_met(self) -> int:
        """How many points the answer itself makes if all open ones in it are made."""
        is_open = [p for p in self.open_points if p.is_unsure or self.answer.not_english]
        return self.met + sum(not p.met for p in is_open)

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
