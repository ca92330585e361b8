"""The key points of an answer, each with what was found of it and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from attempts.models import Answer, AskedQuestion
from attempts.rules.findings import Finding, finding
from attempts.rules.sentences import sentences
from attempts.rules.totals import Made, how_made


@dataclass(frozen=True)
class KeyPoint:
    """One idea of a good answer, and whether this answer has it.

    met: as the candidate ticked it, else as suggested; None: neither. when_asked: what the answers
    to follow-ups have of it; None: there are none. counts: False where a regrade withdrew it.
    suggested, evidence, opposite: what the engine found; None if no engine has checked the answer.
    opposite: the statement that the evidence is against. said: the words with which the candidate
    showed it, else None. example: the sentence of the example answer that makes it, if it is known.
    answer: in which all this is.
    """

    index: int
    text: str
    met: bool | None
    when_asked: "PointWhenAsked | None" = None
    counts: bool = True
    suggested: bool | None = None
    evidence: str | None = None
    opposite: str | None = None
    said: str | None = None
    example: str | None = None
    answer: Answer | None = None

    @property
    def number(self) -> int:
        return self.index + 1

    @property
    def made(self) -> Made:
        """How it is made: by the answer, only when asked, or not."""
        return how_made(bool(self.met), self.when_asked is not None and self.when_asked.met)

    @property
    def _made_when_asked(self) -> "PointWhenAsked | None":
        return self.when_asked if self.made == Made.WHEN_ASKED else None

    @property
    def finding(self) -> Finding | None:
        """What the engine says of it in the answer; None if no engine has checked the answer."""
        if self.suggested is None:
            return None
        return finding(self.suggested, self.evidence, self.opposite)

    @property
    def is_unsure(self) -> bool:
        """Whether the engine can say neither that it was made nor that it was not."""
        return self.finding == Finding.UNSURE

    @property
    def is_added(self) -> bool:
        """Whether the candidate ticked it, for an answer in which the engine did not find it."""
        if asked := self._made_when_asked:
            return asked.is_added
        return bool(self.met) and self.suggested is False

    @property
    def ticked_in(self) -> Answer | None:
        """The answer, or that to a follow-up, which makes it; the answer where none does."""
        asked = self._made_when_asked
        return asked.ticked_in if asked else self.answer

    @property
    def shown_words(self) -> str | None:
        """The words with which the candidate showed that it is made there."""
        asked = self._made_when_asked
        return asked.said if asked else self.said

    @property
    def sentences(self) -> list[str]:
        """Those of that answer, of which one may say it."""
        return sentences(self.ticked_in.text) if self.ticked_in else []

    @property
    def state(self) -> str:
        """In words, what was found and by whom; "" if no engine has checked the answer."""
        if self.is_added:
            return "added by you"
        own = self.finding
        if own in (None, Finding.MISSING) and self.when_asked and self.when_asked.state:
            return self.when_asked.state
        return own or ""

    @property
    def urgency(self) -> int:
        """The order on the page: to be decided first; not found; found; withdrawn.

        It does not depend on ticks, so that no point moves while the candidate ticks.
        """
        if not self.counts:
            return 3
        asked = self.when_asked
        if self.finding in (Finding.UNSURE, Finding.OPPOSITE):
            return 0
        if self.suggested or (asked and asked.found):
            return 2
        return 0 if asked and asked.unsure else 1


@dataclass(frozen=True)
class PointWhenAsked:
    """What the answers to the follow-ups of a question have of one of its key points.

    met: as the candidate ticked it, else as suggested. found, unsure: what an engine says of one of
    them. ticked_in: the first of them that has its tick. said: the words of it with which the
    candidate showed the point.
    """

    met: bool
    found: bool
    unsure: bool
    ticked_in: Answer | None
    said: str | None

    @property
    def is_added(self) -> bool:
        answer = self.ticked_in
        return answer is not None and not self.found and answer.suggested is not None

    @property
    def state(self) -> str:
        """In words, what an engine found of it; "" if nothing."""
        if self.found:
            return "found when asked"
        return "unsure when asked" if self.unsure else ""


def key_points_of(asked: AskedQuestion, examples: Sequence[str | None] = ()) -> list[KeyPoint]:
    """Of a question, in the author's order.

    examples: for each the sentence of the example; () if not known.
    """
    points = _points_in(asked.answer, asked.answer.counted)
    examples = examples or [None] * len(points)
    follow_ups = [(each, key_points_in(each, asked)) for each in asked.answered_follow_ups]
    return [
        replace(point, example=example, when_asked=_when_asked(follow_ups, point.index))
        for point, example in zip(points, examples, strict=True)
    ]


def key_points_in(follow_up: Answer, asked: AskedQuestion) -> list[KeyPoint]:
    """What was found, ticked and shown of each point in the answer to a follow-up of a question."""
    return _points_in(follow_up, asked.answer.counted)


def _when_asked(
    follow_ups: Sequence[tuple[Answer, Sequence[KeyPoint]]], index: int
) -> PointWhenAsked | None:
    if not follow_ups:
        return None
    rows = [(answer, points[index]) for answer, points in follow_ups]
    ticked = next((row for row in rows if row[1].met), None)
    return PointWhenAsked(
        met=ticked is not None,
        found=any(point.suggested for _, point in rows),
        unsure=any(point.is_unsure for _, point in rows),
        ticked_in=ticked[0] if ticked else None,
        said=ticked[1].said if ticked else None,
    )


def _points_in(answer: Answer, counted: Sequence[bool] | None) -> list[KeyPoint]:
    texts, suggested, ticks = answer.version.key_points, answer.suggested, answer.ticks
    evidence = answer.evidence or [{} for _ in texts]
    said = {said.point: said.words for said in answer.said_here.all()}
    return [
        KeyPoint(
            index=i,
            text=text,
            met=ticks[i] if ticks else None,
            counts=counted[i] if counted else True,
            suggested=suggested[i] if suggested else None,
            evidence=evidence[i].get("text"),
            opposite=evidence[i].get("opposite"),
            said=said.get(i),
            answer=answer,
        )
        for i, text in enumerate(texts)
    ]
