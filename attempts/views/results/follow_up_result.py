"""What the result page shows of one follow-up: why it was asked, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from attempts.marking.key_points import KeyPoint, key_points_in
from attempts.models import AskedQuestion, ClosedBy
from attempts.views.results.written_answer import WrittenAnswer

_WITHOUT_ANSWER: Mapping[str, str] = {
    ClosedBy.SKIPPED.value: "You skipped this follow-up.",
    ClosedBy.DEADLINE.value: "Time ran out before you answered this follow-up.",
    ClosedBy.SUBMITTED.value: "You submitted this follow-up without an answer.",
}


@dataclass
class FollowUpResult(WrittenAnswer):
    """asked: the question that it follows, with all its follow-ups."""

    asked: AskedQuestion = field(kw_only=True)

    @cached_property
    def points(self) -> list[KeyPoint]:
        return key_points_in(self.answer, self.asked)

    @property
    def why(self) -> str:
        """The key point that the answer to the question, and those before, did not mention."""
        return str(self.answer.version.key_points[self.answer.asked_point or 0])

    @property
    def without_answer(self) -> str:
        """How it was left without an answer, in a sentence."""
        ended = "The interview ended before you answered this follow-up."
        return _WITHOUT_ANSWER.get(self.answer.closed_by, ended)
