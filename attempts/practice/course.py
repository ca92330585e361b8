"""How a practice went so far: its questions as they are now, and all answers to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    F,
    FilteredRelation,
    Q,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber

from attempts.models import FINISHED, WRITTEN, Answer, Attempt, Practice, Schedule
from attempts.rules.recall.due import day_after, next_due
from questions.models import Question

MOST_EARLIER = 5
"""Earlier answers to a question that are read, and shown."""


@dataclass(frozen=True)
class AskedAnswer:
    """An answer to a question that somebody was asked. share: None where it is not known yet.

    practice: in which it was asked; None: in an interview. state: of its attempt; ended_at: None
    while that runs. text: "" unless it was asked for.
    """

    question: int
    attempt: UUID
    practice: UUID | None
    state: str
    ended_at: datetime | None
    share: Decimal | None
    text: str

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED


def answers_to(practice: Practice, attempt: Attempt, *, texts_of: int) -> list[AskedAnswer]:
    """The answers of its owner to the questions of a practice, newest first; one statement.

    Those of the practice itself, in whatever state; and those that had ended before the attempt
    did, the newest MOST_EARLIER of each question. texts_of: the question whose answers come with
    their texts.
    """
    earlier = Q(attempt__state__in=FINISHED, attempt__finished_at__lt=attempt.finished_at)
    rows = (
        Answer.objects.to_questions()
        .filter(
            earlier | Q(attempt__practice=practice),
            practice.owner.condition("attempt__"),
            version__question__in=practice.question_ids,
        )
        .exclude(text="", opened_at=None)
    )
    newest_first = [F("attempt__finished_at").desc(), F("pk").desc()]  # what runs is newest
    of_blank = When(~Q(text__regex=WRITTEN), then=Value(Decimal()))
    asked_for = When(version__question=texts_of, then=F("text"))
    columns = rows.annotate(
        known_share=Case(of_blank, default=F("share")),
        shown_text=Case(asked_for, default=Value(""), output_field=TextField()),
        place=Window(RowNumber(), partition_by="version__question", order_by=newest_first),
    ).values_list(
        *("version__question", "attempt", "attempt__practice", "attempt__state"),
        *("attempt__finished_at", "known_share", "shown_text"),
    )
    newest = columns.filter(place__lte=MOST_EARLIER + 1).order_by(*newest_first)
    return [AskedAnswer(*row) for row in newest]


@dataclass(frozen=True)
class PractisedQuestion:
    """A question of a practice as it is now. due_at: as next_due has it.

    is_scheduled: whether there is a scored answer, so that it is known when it is due.
    """

    question: Question
    is_scheduled: bool
    due_at: datetime | None


@dataclass(frozen=True)
class Course:
    """questions: of a practice, in order. due: how many questions of its owner are due today, in
    all. next_due_at: when the next one after today is; None if there is none before an interview.
    """

    questions: Sequence[PractisedQuestion]
    due: int
    next_due_at: datetime | None


def read_course(practice: Practice, now: datetime, interview_on: date | None) -> Course:
    """One statement."""
    mine = Schedule.objects.owned_by(practice.owner).published()
    due = mine.due(now, interview_on).order_by().values("guest_key")
    coming = mine.filter(due_at__gte=day_after(now)).order_by("due_at", "question_id")
    rows = Question.objects.filter(pk__in=practice.question_ids)
    rows = (
        rows.select_related("current_version")
        .defer("phrasings")
        .annotate(
            mine=FilteredRelation("schedules", condition=practice.owner.condition("schedules__")),
            my_due_at=F("mine__due_at"),
            my_answer_at=F("mine__answered_at"),
            due_in_all=Subquery(due.annotate(number=Count("pk")).values("number")),
            coming_due_at=Subquery(coming.values("due_at")[:1]),
            coming_answer_at=Subquery(coming.values("answered_at")[:1]),
        )
    )
    found = {row.pk: row for row in rows}

    def due_at(at: datetime | None, answered_at: datetime | None) -> datetime | None:
        return next_due(at, answered_at, interview_on, now) if at and answered_at else None

    questions = [
        PractisedQuestion(row, row.my_due_at is not None, due_at(row.my_due_at, row.my_answer_at))
        for row in (found[pk] for pk in practice.question_ids if pk in found)
    ]
    any_row = next(iter(found.values()), None)
    if any_row is None:
        return Course([], 0, None)
    coming_at = due_at(any_row.coming_due_at, any_row.coming_answer_at)
    return Course(questions, any_row.due_in_all or 0, coming_at)
