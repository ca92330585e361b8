"""What the result shows first beside its score: the change, and what to say next time."""

from dataclasses import dataclass

from attempts.marking.open_points import score_ranges
from attempts.models import Attempt
from attempts.rules.results.next_time import next_time
from attempts.rules.results.score_change import ScoreChange, score_change
from attempts.rules.score_range import Shown, as_shown
from attempts.views.results.answer_result import AnswerResult


@dataclass(frozen=True)
class Earlier:
    """The last attempt that this one can be compared with, and its score as its page shows it."""

    attempt: Attempt
    shown: Shown

    def change_to(self, shown: Shown) -> ScoreChange:
        return score_change(self.shown, shown)


def earlier(attempt: Attempt) -> Earlier | None:
    """None if there is none. Takes two statements."""
    last = Attempt.objects.comparable_to(attempt).newest_first().first()
    if last is None or last.score is None:
        return None
    return Earlier(last, as_shown(last.score, score_ranges([last]).get(last.pk)))


@dataclass(frozen=True)
class NextPoint:
    """A point that was missed or made only when asked, in the words of the example, else in its
    own. row: of whose question it is."""

    words: str
    row: AnswerResult


def next_points(rows: list[AnswerResult]) -> list[NextPoint]:
    """At most three, the weakest answers first. A sentence that makes two points is there once."""
    return next_time((row.share, _to_say(row)) for row in rows)


def _to_say(row: AnswerResult) -> list[NextPoint]:
    sentences = dict.fromkeys(point.example or point.text for point in row.to_say)
    return [NextPoint(words, row) for words in sentences]
