"""The box for somebody's note on a question."""

from dataclasses import dataclass

from django import forms
from django.utils.crypto import salted_hmac

from attempts.models import MOST_NOTE
from attempts.owners import Owner
from attempts.rules.my_questions.notes import fingerprint
from attempts.rules.texts import storable


class NoteTextField(forms.CharField):
    """Any text, in the form in which it is stored. Blanks alone are no note."""

    default_error_messages = {
        "missing": "The text of the note is missing. The stored note stays as it is.",
        "max_length": f"A note has at most {MOST_NOTE:,} characters; this one has %(show_value)d."
        " It is not saved yet. Please shorten it; it stays in the box.",
    }

    def __init__(self) -> None:
        super().__init__(required=False, strip=False, max_length=MOST_NOTE)

    def to_python(self, value: object) -> str:
        if value is None:  # the field was not sent, which is not the same as an empty box
            raise forms.ValidationError(self.error_messages["missing"], code="missing")
        text = storable(super().to_python(value) or "")
        return text if text.strip() else ""


class NoteForm(forms.Form):
    """A note; the fingerprint of the one that its page had; and whose page it was."""

    text = NoteTextField()
    based_on = forms.CharField(required=False, max_length=64)
    whose = forms.CharField(required=False, max_length=64)


@dataclass(frozen=True)
class NoteBox:
    """text: what is in the box. stored: the note that the next save may replace.

    other: the stored note, if another page has changed it and its writer has to choose.
    problem: why the text was not stored. whose: of `whose`, for the form.
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
