"""One question with every answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from attempts.models import QuestionNote
from attempts.owners import Owner
from attempts.rules.recall.steps import RULE
from attempts.views.questions.answers import (
    ANSWERS_PER_PAGE,
    AnswerBeside,
    answers_beside,
)
from attempts.views.questions.bank import Reader, read_bank, reader_of
from attempts.views.questions.note_box import NoteBox, whose
from attempts.views.questions.one_question import OneQuestion, one_question
from attempts.views.questions.rows import QuestionRow, page_number
from questions.models import QuestionVersion


@dataclass(frozen=True)
class QuestionPage:
    """answers: a page of them, the newest first. total: of all pages. number: of the page, from 1.

    running: the id of the attempt that asks the question right now.
    """

    row: QuestionRow
    answers: Sequence[AnswerBeside]
    total: int
    number: int
    running: UUID | None

    @property
    def title(self) -> str:
        return self.row.title or "A question not asked yet"

    @property
    def authors(self) -> QuestionVersion | None:
        """The version with the authors' texts, which the result of an answer to it has shown.

        None while the question is asked, and where there is no result.
        """
        if self.running:
            return None
        finished = (each.answer for each in self.answers if each.answer.attempt.is_finished)
        return next((answer.version for answer in finished), None)

    @property
    def newer(self) -> int | None:
        """The number of the page with newer answers."""
        return self.number - 1 if self.number > 1 else None

    @property
    def older(self) -> int | None:
        return self.number + 1 if self.number * ANSWERS_PER_PAGE < self.total else None


def read_row(reader: Reader, pk: int) -> QuestionRow:
    """Raises Http404 if there is no such question for them."""
    return _row(reader, one_question(reader.owner, pk))


def _row(reader: Reader, one: OneQuestion) -> QuestionRow:
    rows = read_bank(reader, only=one).rows
    if not rows:
        raise Http404("you may see no such question")
    return QuestionRow(rows[0], one.prompts.get(rows[0].shown_version or 0, ""), reader.now)


def read_question(reader: Reader, pk: int, wished: int) -> QuestionPage:
    """wished: the number of the page of answers; one that there is not is the nearest."""
    one = one_question(reader.owner, pk)
    row, ended = _row(reader, one), one.ended
    number = min(max(wished, 1), max(1, -(-len(ended) // ANSWERS_PER_PAGE)))
    beside = answers_beside(ended, (number - 1) * ANSWERS_PER_PAGE) if ended else []
    return QuestionPage(row, beside, len(ended), number, one.running)


def note_box(owner: Owner | None, row: QuestionRow) -> NoteBox:
    """The box with the stored note."""
    note = ""
    if row.listed.has_note:
        mine = QuestionNote.objects.owned_by(owner).filter(question=row.listed.pk)
        note = mine.values_list("note", flat=True).first() or ""
    return NoteBox(note, note, whose(owner))


@require_safe
@ensure_csrf_cookie
def my_question(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, what one keeps beside it, and every answer beside the one before it."""
    reader = reader_of(request)
    page = read_question(reader, pk, page_number(request))
    is_saved = request.GET.get("saved") == "note"
    note = replace(note_box(reader.owner, page.row), is_saved=is_saved)
    return question_response(request, page, note)


def question_response(
    request: HttpRequest, page: QuestionPage, note: NoteBox, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"page": page, "row": page.row, "note": note, "rule": RULE}
    return render(request, "attempts/questions/question.html", context, status=status)
