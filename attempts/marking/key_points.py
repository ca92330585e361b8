"""The key points of an answer, each with what was found of it and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from attempts.models import Answer
from attempts.rules.findings import Finding, finding


@dataclass(frozen=True)
class KeyPoint:
    """One idea of a good answer, and whether this answer has it.

    met: as the candidate ticked it, else as suggested; None: neither. counts: False where a
    regrade withdrew it. suggested, evidence, opposite: what the engine found; None if no engine
    has checked the answer. opposite: the statement that the evidence is against.
    said: the words with which the candidate showed it, else None. example: the sentence of the
    example answer that makes it, if it is known.
    """

    index: int
    text: str
    met: bool | None
    counts: bool = True
    suggested: bool | None = None
    evidence: str | None = None
    opposite: str | None = None
    said: str | None = None
    example: str | None = None

    @property
    def number(self) -> int:
        return self.index + 1

    @property
    def finding(self) -> Finding | None:
        """What the engine says of it; None if no engine has checked the answer."""
        if self.suggested is None:
            return None
        return finding(self.suggested, self.evidence, self.opposite)

    @property
    def is_unsure(self) -> bool:
        """Whether the engine can say neither that it was made nor that it was not."""
        return self.finding == Finding.UNSURE

    @property
    def is_added(self) -> bool:
        """Whether the candidate ticked it although the engine did not find it."""
        return bool(self.met) and self.suggested is False

    @property
    def state(self) -> str:
        """In words, what was found and by whom; "" if no engine has checked the answer."""
        return "added by you" if self.is_added else self.finding or ""

    @property
    def urgency(self) -> int:
        """The order on the page: to be decided first; not found; found; withdrawn.

        It does not depend on ticks, so that no point moves while the candidate ticks.
        """
        if not self.counts:
            return 3
        if self.finding in (Finding.UNSURE, Finding.OPPOSITE):
            return 0
        return 2 if self.suggested else 1


def key_points_of(answer: Answer, examples: Sequence[str | None] = ()) -> list[KeyPoint]:
    """In the author's order. examples: for each the sentence of the example; () if not known."""
    texts, suggested = answer.version.key_points, answer.suggested
    ticks, counted = answer.ticks, answer.counted
    evidence = answer.evidence or [{} for _ in texts]
    said = {said.point: said.words for said in answer.said_here.all()}
    examples = examples or [None] * len(texts)
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
            example=examples[i],
        )
        for i, text in enumerate(texts)
    ]
