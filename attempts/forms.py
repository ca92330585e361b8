"""What people and their pages send, converted to the values that the rules take."""

from collections.abc import Mapping

from django import forms

from attempts.models import MOST_WORDS, Sureness
from attempts.rules.save_verdicts import Save
from attempts.rules.texts import storable

MAX_ANSWER = 20_000
MAX_INTEGER = 2**31 - 1


class StoredTextField(forms.CharField):
    """Any text, also an empty one, in the form in which it is stored. what: such as "answer"."""

    def __init__(self, what: str, most: int) -> None:
        messages = {
            "missing": f"The text of the {what} is missing. The stored {what} stays as it is.",
            "max_length": f"The {what} may have at most {most:,} characters; this one has"
            " %(show_value)d. It is not saved yet. Please shorten it; it stays in the box.",
        }
        super().__init__(required=False, strip=False, max_length=most, error_messages=messages)

    def to_python(self, value: object) -> str:
        if value is None:  # the field was not sent, which is not the same as an empty box
            raise forms.ValidationError(self.error_messages["missing"], code="missing")
        return storable(super().to_python(value) or "")


class _Shared(dict[str, forms.Field]):
    """Fields of a form that no request changes, so that none needs a copy of them."""

    def __deepcopy__(self, _: object) -> "_Shared":
        return self


class AnswerForm(forms.Form):
    """A text with what the save protocol needs. cause: why the page sent it; "": a button."""

    position = forms.IntegerField(min_value=1, max_value=10_000)
    text = StoredTextField("answer", MAX_ANSWER)
    revision = forms.IntegerField(min_value=0, max_value=MAX_INTEGER, required=False)
    writer = forms.RegexField(r"^[A-Za-z0-9_-]*$", max_length=36, required=False)
    sequence = forms.IntegerField(min_value=0, max_value=MAX_INTEGER, required=False)
    cause = forms.ChoiceField(
        choices=[("auto", "auto"), ("bell", "bell"), ("chosen", "chosen")], required=False
    )

    def sent(self) -> Save:
        """The text as the rules take it."""
        data = self.cleaned_data
        return Save(
            text=data["text"],
            revision=data["revision"] or 0,
            writer=data["writer"],
            sequence=data["sequence"] or 0,
            automatic=data["cause"] in ("auto", "bell"),
            at_bell=data["cause"] == "bell",
            chosen=data["cause"] == "chosen",
        )


AnswerForm.base_fields = _Shared(AnswerForm.base_fields)


class MoveForm(AnswerForm):
    """An answer's text, and the question to go to."""

    go_to = forms.IntegerField(min_value=1, max_value=10_000)


class BlankForm(forms.Form):
    """The question that was submitted blank, and the revision that its page had."""

    position = forms.IntegerField(min_value=1, max_value=10_000)
    revision = forms.IntegerField(min_value=0, max_value=MAX_INTEGER)


class YesNoField(forms.TypedChoiceField):
    """What a button says that is pressed to have something so, or not so. "1": yes; "0": no."""

    def __init__(self) -> None:
        choices = [("1", "yes"), ("0", "no")]
        super().__init__(choices=choices, coerce=lambda value: value == "1")


class FlagForm(forms.Form):
    """Whether a question is flagged from now on."""

    position = forms.IntegerField(min_value=1, max_value=10_000)
    flagged = YesNoField()


class SurenessForm(forms.Form):
    """How sure a candidate is; 0: they say nothing, or take it back."""

    sureness = forms.TypedChoiceField(choices=[(0, "not said"), *Sureness.choices], coerce=int)


class MoreTimeForm(forms.Form):
    """The question that gets five more minutes."""

    extend = forms.IntegerField(min_value=1, max_value=10_000)


class OutageForm(forms.Form):
    """Seconds in which the page could not reach the site while question `position` was open."""

    position = forms.IntegerField(min_value=1, max_value=10_000)
    seconds = forms.IntegerField(min_value=1, max_value=24 * 60 * 60)


MADE, ASKED, MISSED = "made", "asked", "missed"
"""How a key point was made, as the result's form sends it where a follow-up was answered."""


class MarkForm(forms.Form):
    """Which of its key points an answer makes, by their index from 0.

    points: those that are ticked. how-0, how-1, …: where a follow-up was answered, how each was
    made. A page from before that sends ticks only.
    """

    def __init__(self, data: Mapping[str, object], *, key_points: int) -> None:
        super().__init__(data)
        self.key_points = key_points
        self.fields["points"] = forms.TypedMultipleChoiceField(
            required=False, coerce=int, choices=[(str(i), str(i)) for i in range(key_points)]
        )
        for index in range(key_points):
            self.fields[f"how-{index}"] = forms.ChoiceField(
                required=False, choices=[(how, how) for how in (MADE, ASKED, MISSED)]
            )

    @property
    def _how(self) -> list[str]:
        return [self.cleaned_data[f"how-{index}"] for index in range(self.key_points)]

    def ticks(self) -> list[bool]:
        """Which points the answer itself makes."""
        met = set(self.cleaned_data["points"])
        return [how == MADE or index in met for index, how in enumerate(self._how)]

    def when_asked(self) -> list[bool] | None:
        """Which were made when asked; None if the page did not ask."""
        return [how == ASKED for how in self._how] if any(self._how) else None


class SaidHereForm(forms.Form):
    """Words of an answer, in the form in which the answer is stored."""

    words = forms.CharField(
        max_length=MOST_WORDS,
        error_messages={
            "required": "Select some words of your answer, or press a sentence.",
            "max_length": "Select at most %(limit_value)d characters.",
        },
    )

    def clean_words(self) -> str:
        return storable(self.cleaned_data["words"])
