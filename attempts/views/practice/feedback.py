"""What the result of a practice shows beside the answer: earlier answers, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from attempts.models import Attempt, Practice
from attempts.practice.course import (
    MOST_EARLIER,
    AskedAnswer,
    Course,
    PractisedQuestion,
    answers_to,
    read_course,
)
from attempts.rules.lifecycle import State
from attempts.rules.recall.in_words import due_in_words, when_due
from questions.models import Status


@dataclass(frozen=True)
class SummaryRow:
    """One question of a practice: how it went, how it went before, and when it is due again.

    title: "" for a question that nothing has asked yet. asked: in this practice; None: not yet, or
    its attempt was discarded. before: the last answer before with a share. due: "" where nothing is
    known.
    """

    title: str
    asked: AskedAnswer | None
    before: AskedAnswer | None
    due: str
    is_withdrawn: bool

    @property
    def comes(self) -> bool:
        """Whether the practice asks it next, or asks it now."""
        if self.asked is None:
            return not self.is_withdrawn
        return self.asked.state == State.RUNNING


@dataclass(frozen=True)
class Feedback:
    """An attempt of a practice that has ended, as of `now`.

    answers: of its owner to any question of the practice, as answers_to has them.
    question_id: the one that this attempt asked.
    """

    attempt: Attempt
    practice: Practice
    question_id: int
    course: Course
    answers: Sequence[AskedAnswer]
    now: datetime

    @property
    def total(self) -> int:
        return len(self.practice.question_ids)

    @cached_property
    def earlier(self) -> list[AskedAnswer]:
        """The newest answers before this one to the same question."""
        return self._before(self.question_id, self.attempt.pk)[:MOST_EARLIER]

    @property
    def before(self) -> AskedAnswer | None:
        """The last scored answer before this one."""
        return next((each for each in self.earlier if each.share is not None), None)

    def _before(self, question_id: int, attempt_id: UUID | None) -> list[AskedAnswer]:
        of_question = [each for each in self.answers if each.question == question_id]
        of_question = [each for each in of_question if each.is_finished]
        places = [n for n, each in enumerate(of_question) if each.attempt == attempt_id]
        return of_question[places[0] + 1 :] if places else of_question

    @property
    def due(self) -> str:
        """When this question is due again, in words; "" while its answer has no share."""
        return next((self._due(q) for q in self.course.questions if self._is_this(q)), "")

    def _is_this(self, practised: PractisedQuestion) -> bool:
        return practised.question.pk == self.question_id

    def _due(self, practised: PractisedQuestion) -> str:
        return due_in_words(practised.due_at, self.now) if practised.is_scheduled else ""

    @property
    def next_number(self) -> int | None:
        """The place in the practice of the question that comes next; None after the last one."""
        numbered = zip(self.rows, self._numbers, strict=True)
        return next((number for row, number in numbered if row.comes), None)

    @property
    def _numbers(self) -> list[int]:
        ids = self.practice.question_ids
        return [1 + ids.index(practised.question.pk) for practised in self.course.questions]

    @property
    def next_due(self) -> str:
        """When the next question of all is due, in words; "" if none is."""
        at = self.course.next_due_at
        return "" if at is None else due_in_words(at, self.now)

    @cached_property
    def rows(self) -> list[SummaryRow]:
        return [self._row(practised) for practised in self.course.questions]

    def _row(self, practised: PractisedQuestion) -> SummaryRow:
        question = practised.question
        mine = [each for each in self.answers if each.question == question.pk]
        asked = next((each for each in mine if each.practice == self.practice.pk), None)
        before = self._before(question.pk, asked.attempt if asked else None)
        scored = (each for each in before if each.share is not None)
        is_withdrawn = question.status != Status.PUBLISHED
        is_known = practised.is_scheduled and not is_withdrawn
        due = when_due(practised.due_at, self.now) if is_known else ""
        title = question.title if mine else ""
        return SummaryRow(title, asked, next(scored, None), due, is_withdrawn)


def read_feedback(
    attempt: Attempt, question_id: int, now: datetime, interview_on: date | None
) -> Feedback | None:
    """None for an attempt that is no practice, or that has no feedback because it was discarded.

    Two statements, if the attempt has its practice.
    """
    practice = attempt.practice
    if practice is None or not attempt.is_finished:
        return None
    course = read_course(practice, now, interview_on)
    answers = answers_to(practice, attempt, texts_of=question_id)
    return Feedback(attempt, practice, question_id, course, answers, now)
