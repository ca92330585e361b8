"""What somebody should say next time: their weakest questions, and what was missed in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from attempts.marking.open_points import open_points
from attempts.models import FINISHED, Answer, AskedQuestion, Schedule, by_question
from attempts.owners import Owner
from attempts.rules.totals import Made
from questions.rules.prompts import prompt_title


@dataclass(frozen=True)
class WeakPoint:
    """A weak question as it was last asked, with the share of its last answer.

    point: the first point, in the author's order, that the answer clearly missed; None if all that
    it missed are unsure. answer: the last one.
    """

    schedule: Schedule
    answer: Answer
    point: str | None

    @property
    def question_id(self) -> int:
        return self.schedule.question_id

    @property
    def title(self) -> str:
        return prompt_title(self.answer.version.prompt)

    @property
    def share(self) -> Decimal:
        return self.schedule.share


def weak_points(weakest: Sequence[Schedule]) -> list[WeakPoint]:
    """One for each weak question of an owner, in the same order. One statement.

    weakest: rows of one owner.
    """
    if not weakest:
        return []
    last = _last_answers(weakest[0].owner, weakest)
    return [
        WeakPoint(row, asked.answer, missed_point(asked))
        for row in weakest
        if (asked := last.get(row.question_id)) is not None
    ]


def missed_point(asked: AskedQuestion) -> str | None:
    """The first key point that counts and that the answer clearly does not make.

    One that was clearly missed comes before one that was made when asked.
    """
    unsure, counted = set(open_points(asked)), asked.answer.counted
    points = asked.answer.version.key_points
    how = asked.how_made or [Made.MISSED] * len(points)
    for wanted in (Made.MISSED, Made.WHEN_ASKED):
        for index, text in enumerate(points):
            counts = counted is None or counted[index]
            if counts and how[index] == wanted and index not in unsure:
                return str(text)
    return None


def _last_answers(owner: Owner, rows: Sequence[Schedule]) -> dict[int, AskedQuestion]:
    """By question, what each row goes by: the answer of the attempt that ended at its instant, with
    those to its follow-ups, which are to the same version.

    The index of the owner's finished attempts by their end leads there.
    """
    which = Q()
    for row in rows:
        which |= Q(attempt__finished_at=row.answered_at, version__question=row.question_id)
    answers = Answer.objects.filter(
        which,
        owner.condition("attempt__"),
        attempt__state__in=FINISHED,
        attempt__finished_at__in=[row.answered_at for row in rows],
    )
    read = answers.select_related("version").defer("text", "text_at_deadline", "search")
    asked = by_question(read.order_by("pk"))
    return {each.answer.version.question_id: each for each in asked}
