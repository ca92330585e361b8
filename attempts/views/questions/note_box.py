"""The box for somebody's note on a question."""

from dataclasses import dataclass

from django import forms
from django.utils.crypto import salted_hmac

from attempts.forms import StoredTextField
from attempts.models import MOST_NOTE
from attempts.owners import Owner
from attempts.rules.my_questions.notes import fingerprint


class NoteForm(forms.Form):
    """A note; the fingerprint of the one that its page had; and whose page it was."""

    text = StoredTextField("note", MOST_NOTE)
    based_on = forms.CharField(required=False, max_length=64)
    whose = forms.CharField(required=False, max_length=64)

    def clean_text(self) -> str:
        """Blanks alone are no note."""
        text: str = self.cleaned_data["text"]
        return text if text.strip() else ""


@dataclass(frozen=True)
class NoteBox:
    """text: what is in the box. stored: the note that the next save may replace.

    other: the stored note, if another page has changed it and its writer has to choose.
    problem: why the text was not stored. whose: what `whose` returns; the form sends it back.
    """

    text: str
    stored: str
    whose: str
    other: str | None = None
    problem: str = ""
    is_saved: bool = False

    @property
    def based_on(self) -> str:
        return fingerprint(self.stored)

    @property
    def is_only_copy(self) -> bool:
        return self.other is not None or bool(self.problem)


def whose(owner: Owner | None) -> str:
    """Tells the pages of one person from those of another who uses the same browser."""
    if owner is None:
        return ""
    return salted_hmac("question note", "{}={}".format(*owner.column)).hexdigest()[:32]
