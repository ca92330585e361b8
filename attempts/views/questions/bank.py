"""The questions that somebody may see, each as it is to them; hidden prompts stay in the database.

Takes one statement for each kind of row, however many there are.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Max, Q
from django.http import HttpRequest

from attempts.models import Answer, QuestionNote, Schedule
from attempts.owners import Owner, owner_of
from attempts.preferences import interview_on, shows_prompts
from attempts.rules.my_questions.listing import Listed
from attempts.rules.recall.due import next_due
from attempts.views.questions.one_question import OneQuestion
from questions.models import Question, QuestionVersion, Status
from questions.rules.search import patterns_of
from quizsite.clock import database_now


@dataclass(frozen=True)
class Reader:
    """Whose questions are read, and when.

    shows_all: whether they chose to see the prompts that no interview has asked.
    """

    owner: Owner | None
    now: datetime
    shows_all: bool = False
    interview_on: date | None = None


def reader_of(request: HttpRequest) -> Reader:
    return Reader(owner_of(request), database_now(), shows_prompts(request), interview_on(request))


@dataclass(frozen=True)
class Kept:
    """What an owner keeps beside a question."""

    is_bookmarked: bool = False
    shows_prompt: bool = False
    has_note: bool = False


class QuestionFields(NamedTuple):
    """What the list needs of a question; thousands of whole rows would take their time."""

    pk: int
    topic: int
    topic__name: str
    topic__position: int
    difficulty: int
    status: str
    position: int
    current_version: int | None


@dataclass(frozen=True)
class Belongings:
    """What an owner has of questions, by their ids.

    asked: the id of the newest version that they were shown.
    """

    asked: Mapping[int, int]
    kept: Mapping[int, Kept]
    schedules: Mapping[int, Schedule]

    @property
    def staying(self) -> Collection[int]:
        """The ids of the questions that stay in the list when they are withdrawn."""
        return {
            *self.asked,
            *(pk for pk, it in self.kept.items() if it.has_note or it.is_bookmarked),
        }

    def kept_of(self, pk: int) -> Kept:
        return self.kept.get(pk, Kept())

    def shown_version(self, question: QuestionFields, *, shows_all: bool) -> int | None:
        """Of an asked question it is the version asked last: another may say something else."""
        is_chosen = shows_all or self.kept_of(question.pk).shows_prompt
        if is_chosen and question.status == Status.PUBLISHED:
            return question.current_version
        return self.asked.get(question.pk)


@dataclass(frozen=True)
class Bank:
    """rows: in no order."""

    reader: Reader
    rows: Sequence[Listed]

    def matching(self, search: str) -> Collection[int] | None:
        """The ids of the questions with every word in the shown prompt or the owner's note.

        None if there is nothing to search for.
        """
        patterns = patterns_of(search)
        if not patterns:
            return None
        some = "|".join(patterns)
        shown = [row.shown_version for row in self.rows if row.shown_version is not None]
        prompts = QuestionVersion.objects.filter(pk__in=shown, prompt__regex=some)
        notes = QuestionNote.objects.owned_by(self.reader.owner).filter(note__regex=some)
        texts: dict[int, str] = defaultdict(str)
        for found in (
            prompts.values_list("question", "prompt"),
            notes.values_list("question", "note"),
        ):
            for question_id, text in found.order_by():
                texts[question_id] += f"{text}\n"
        return {pk for pk, text in texts.items() if all(re.search(p, text) for p in patterns)}


def read_bank(reader: Reader, *, only: OneQuestion | None = None) -> Bank:
    """What is published; and what is not any more, where the owner was asked it or keeps something.

    only: the one question that is wanted.
    """
    mine = _belongings(reader.owner, only)
    questions = Question.objects.filter(Q(status=Status.PUBLISHED.value) | Q(pk__in=mine.staying))
    if only is not None:
        questions = questions.filter(pk=only.pk)
    rows = questions.order_by().values_list(*QuestionFields._fields)
    return Bank(reader, [_listed(QuestionFields(*row), mine, reader) for row in rows])


_KEPT = ("is_bookmarked", "shows_prompt", "has_note")


def _belongings(owner: Owner | None, only: OneQuestion | None) -> Belongings:
    of_it = Q() if only is None else Q(question=only.pk)
    notes = QuestionNote.objects.owned_by(owner).filter(of_it).order_by()
    noted = notes.annotate(has_note=~Q(note=""))
    return Belongings(
        asked=_asked(owner, only),
        kept={pk: Kept(*fields) for pk, *fields in noted.values_list("question", *_KEPT)},
        schedules={s.question_id: s for s in Schedule.objects.owned_by(owner).filter(of_it)},
    )


def _asked(owner: Owner | None, only: OneQuestion | None) -> Mapping[int, int]:
    """By question, the newest version that the owner was shown."""
    if only is not None:
        return only.newest_shown
    shown = Answer.objects.shown_to(owner).order_by()
    # Each version once, so that PostgreSQL begins with the owner's attempts, not with the versions.
    versions = QuestionVersion.objects.filter(pk__in=shown.values("version").distinct())
    return dict(versions.order_by().values_list("question").annotate(Max("pk")))


def _listed(question: QuestionFields, mine: Belongings, reader: Reader) -> Listed:
    pk, name, level = question.pk, question.topic__name, question.difficulty
    kept, schedule = mine.kept_of(pk), mine.schedules.get(pk)
    listed = Listed(
        pk=pk,
        topic_id=question.topic,
        topic=name,
        level=level,
        place=(question.topic__position, name, level, question.position, pk),
        is_published=question.status == Status.PUBLISHED,
        is_asked=pk in mine.asked,
        shown_version=mine.shown_version(question, shows_all=reader.shows_all),
        is_chosen=kept.shows_prompt,
        is_bookmarked=kept.is_bookmarked,
        has_note=kept.has_note,
    )
    if schedule is None:
        return listed
    due_at = next_due(schedule.due_at, schedule.answered_at, reader.interview_on, reader.now)
    return replace(listed, step=schedule.step, share=schedule.share, due_at=due_at)
