"""What somebody keeps beside a question: the only writer of notes, bookmarks and shown prompts.

Each owner has at most one row for each question, and none that says nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from attempts.models import QuestionNote
from attempts.owners import Owner
from attempts.rules.my_questions.notes import fingerprint


def write_note(owner: Owner, question_id: int, text: str, *, based_on: str) -> str | None:
    """Store a note, unless another page has stored words since that it would replace unseen.

    based_on: the fingerprint of the note that its writer had before. Returns None if the note is
    stored, else the stored one.
    """
    with _kept(owner, question_id) as row:
        if row.note and text != row.note and fingerprint(row.note) != based_on:
            return row.note
        row.note = text
    return None


def bookmark(owner: Owner, question_id: int, *, is_bookmarked: bool) -> None:
    with _kept(owner, question_id) as row:
        row.is_bookmarked = is_bookmarked


def show_prompt(owner: Owner, question_id: int, *, shows: bool) -> None:
    """Whether the owner sees the prompt before an interview asks it."""
    with _kept(owner, question_id) as row:
        row.shows_prompt = shows


@contextmanager
def _kept(owner: Owner, question_id: int) -> Iterator[QuestionNote]:
    """The owner's locked row of a question, which is saved afterwards; it is made if there is none.

    Two requests at once take turns, also if both would make it.
    """
    name, value = owner.column
    with transaction.atomic():
        new = QuestionNote(**{name: value}, question_id=question_id)
        # Where there is a row already, this locks it, and waits for a request that may delete it.
        QuestionNote.objects.bulk_create(
            [new],
            update_conflicts=True,
            unique_fields=["user", "guest_key", "question"],
            update_fields=["question"],
        )
        row = QuestionNote.objects.owned_by(owner).get(question=question_id)
        yield row
        if row.note or row.is_bookmarked or row.shows_prompt:
            row.save(update_fields=["note", "is_bookmarked", "shows_prompt"])
        else:
            row.delete()
