"""What somebody keeps beside a question: a note, a bookmark, and which prompts they chose to see.

Each owner has at most one row for a question. A visitor who keeps something becomes a guest.
"""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from attempts.forms import YesNoField
from attempts.owners import owner_of, owner_or_new_guest
from attempts.preferences import remember_shows_prompts
from attempts.transitions.personal import notes
from attempts.views.next_address import next_address
from attempts.views.questions.bank import reader_of
from attempts.views.questions.note_box import NoteBox, NoteForm, whose
from attempts.views.questions.question_page import (
    note_box,
    question_response,
    read_question,
    read_row,
)
from quizsite.page_scripts import HtmxRequest

OF_SOMEBODY_ELSE = (
    "You have logged in or out since this page was loaded, so the note was not saved. Save it again"
    " if it is a note of the account that you use now."
)


class YesNoForm(forms.Form):
    """Whether something is so from now on."""

    yes = YesNoField()

    @classmethod
    def is_yes(cls, request: HttpRequest) -> bool | None:
        """None if the request does not say."""
        form = cls(request.POST)
        return bool(form.cleaned_data["yes"]) if form.is_valid() else None


@require_POST
def save_note(request: HtmxRequest, pk: int) -> HttpResponse:
    """Store a note. What cannot be stored stays in the box, with the reason beside it.

    409 if another page has stored another note meanwhile, or the page was somebody else's; 422
    for a text that is too long.
    """
    reader = reader_of(request)
    box = note_box(reader.owner, read_row(reader, pk))
    box, status = _saved(request, pk, box)
    if request.htmx:
        context = {"note": box, "pk": pk}
        return render(request, "attempts/questions/_note_state.html", context, status=status)
    if status == HTTPStatus.OK:
        return redirect(f"{reverse('my_question', args=[pk])}?saved=note#note")
    return question_response(request, read_question(reader, pk, 1), box, status)


def _saved(request: HttpRequest, pk: int, box: NoteBox) -> tuple[NoteBox, int]:
    """The box after a request to save what is in it, and the status that says what became of it."""
    form = NoteForm(request.POST)
    sent = request.POST.get("text", "")
    if not form.is_valid():
        problem = " ".join(str(reason) for reasons in form.errors.values() for reason in reasons)
        return NoteBox(
            sent, box.stored, box.whose, problem=problem
        ), HTTPStatus.UNPROCESSABLE_ENTITY
    text, page_of = form.cleaned_data["text"], form.cleaned_data["whose"]
    if page_of and page_of != box.whose:
        return NoteBox(text, box.stored, box.whose, problem=OF_SOMEBODY_ELSE), HTTPStatus.CONFLICT
    if not text and owner_of(request) is None:
        return NoteBox("", "", "", is_saved=True), HTTPStatus.OK
    owner = owner_or_new_guest(request)
    other = notes.write_note(owner, pk, text, based_on=form.cleaned_data["based_on"])
    if other is not None:
        return NoteBox(text, other, whose(owner), other=other), HTTPStatus.CONFLICT
    return NoteBox(text, text, whose(owner), is_saved=True), HTTPStatus.OK


@require_POST
def set_bookmark(request: HtmxRequest, pk: int) -> HttpResponse:
    """Bookmark a question, or no more. htmx gets the button as it is now."""
    read_row(reader_of(request), pk)
    is_bookmarked = YesNoForm.is_yes(request)
    if is_bookmarked is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    if is_bookmarked or owner_of(request) is not None:
        notes.bookmark(owner_or_new_guest(request), pk, is_bookmarked=is_bookmarked)
    return _after(request, pk, "attempts/questions/_bookmark.html")


@require_POST
def set_shown(request: HtmxRequest, pk: int) -> HttpResponse:
    """Show the prompt of a question before an interview asks it, or hide it again."""
    read_row(reader_of(request), pk)
    shows = YesNoForm.is_yes(request)
    if shows is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    if shows or owner_of(request) is not None:
        notes.show_prompt(owner_or_new_guest(request), pk, shows=shows)
    return _after(request, pk, "attempts/questions/_row.html")


@require_POST
def set_all_shown(request: HttpRequest) -> HttpResponse:
    """Show the prompts that no interview has asked yet, or hide them again."""
    shows = YesNoForm.is_yes(request)
    if shows is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    remember_shows_prompts(request, shows=shows)
    return redirect(next_address(request, reverse("my_questions")))


def _after(request: HtmxRequest, pk: int, template: str) -> HttpResponse:
    """htmx gets a part of the list as it is now; a person goes back to where they pressed."""
    if not request.htmx:
        return redirect(next_address(request, reverse("my_question", args=[pk])))
    row = read_row(reader_of(request), pk)
    return render(
        request, template, {"row": row, "takes_focus": True, "back": request.POST.get("next", "")}
    )
