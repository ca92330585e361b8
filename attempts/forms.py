"""What people and their pages send, converted to the values that the rules take."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from django import forms

from attempts.models import MOST_WORDS, AtDeadline, Sureness
from attempts.rules.save_verdicts import Save
from attempts.rules.texts import storable
from attempts.transitions.starting import Pace
from questions.models import Timing

MAX_ANSWER = 20_000
MAX_INTEGER = 2**31 - 1


class AnswerTextField(forms.CharField):
    """Any text, also an empty one, in the form in which it is stored."""

    default_error_messages = {
        "missing": "The text of the answer is missing. The stored answer stays as it is.",
        "max_length": "An answer has at most 20,000 characters; this one has %(show_value)d. "
        "It is not saved yet. Please shorten it; it stays in the box.",
    }

    def __init__(self) -> None:
        super().__init__(required=False, strip=False, max_length=MAX_ANSWER)

    def to_python(self, value: object) -> str:
        if value is None:  # the field was not sent, which is not the same as an empty box
            raise forms.ValidationError(self.error_messages["missing"], code="missing")
        return storable(super().to_python(value) or "")


class AnswerForm(forms.Form):
    """A text with what the save protocol needs. cause: why the page sent it; "": a button."""

    position = forms.IntegerField(min_value=1, max_value=10_000)
    text = AnswerTextField()
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


class MoveForm(AnswerForm):
    """An answer's text, and the question to go to."""

    go_to = forms.IntegerField(min_value=1, max_value=10_000)


class BlankForm(forms.Form):
    """The question that was submitted blank, and the revision that its page had."""

    position = forms.IntegerField(min_value=1, max_value=10_000)
    revision = forms.IntegerField(min_value=0, max_value=MAX_INTEGER)


class FlagForm(forms.Form):
    """Whether a question is flagged from now on."""

    position = forms.IntegerField(min_value=1, max_value=10_000)
    flagged = forms.TypedChoiceField(
        choices=[("1", "yes"), ("0", "no")], coerce=lambda value: value == "1"
    )


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


NO_LIMIT = "none"


class Timed(Protocol):
    """What is started: an interview, or one that somebody put together."""

    @property
    def timing(self) -> str: ...
    @property
    def think_seconds(self) -> int: ...


class StartForm(forms.Form):
    """How the candidate wants the clock. A missing field means what the interview has.

    With one clock for all, the thinking time makes that clock longer, and its label says so.
    """

    time_factor = forms.ChoiceField(
        label="Time",
        required=False,
        choices=[
            ("1", "Standard"),
            ("1.25", "25 % more"),
            ("1.5", "50 % more"),
            *((factor, f"{factor} × the time") for factor in ("2", "3", "5", "10")),
            (NO_LIMIT, "No limit"),
        ],
    )
    think_seconds = forms.TypedChoiceField(
        label="Thinking time before each answer",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("0", "None"), ("15", "15 seconds"), ("30", "30 seconds"), ("60", "1 minute")],
    )
    at_deadline = forms.ChoiceField(
        label="When time runs out",
        required=False,
        choices=[
            (AtDeadline.HAND_IN.value, "Submit what I have"),
            (AtDeadline.OVERTIME.value, "Let me finish, marked as overtime"),
        ],
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        interview: Timed,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        if interview.timing == Timing.TOTAL:
            thinking = self.fields["think_seconds"]
            thinking.label = "Extra time to think, for each question"
            thinking.help_text = "It is added to the one clock for all."

    @classmethod
    def with_usual(cls, pace: Pace | None, interview: Timed) -> "StartForm":
        """The form before it is sent: with what was chosen last, else as the interview has it."""
        pace = pace or Pace(think_seconds=interview.think_seconds)
        factor = NO_LIMIT if pace.time_factor is None else f"{pace.time_factor.normalize():f}"
        return cls(
            interview=interview,
            initial={
                "time_factor": factor,
                "think_seconds": pace.think_seconds,
                "at_deadline": pace.at_deadline,
            },
        )

    def pace(self, interview: Timed) -> Pace:
        data = self.cleaned_data
        factor, thinking = data["time_factor"] or "1", data["think_seconds"]
        return Pace(
            time_factor=None if factor == NO_LIMIT else Decimal(factor),
            think_seconds=interview.think_seconds if thinking is None else thinking,
            at_deadline=data["at_deadline"] or AtDeadline.HAND_IN.value,
        )


class MarkForm(forms.Form):
    """Which of its key points an answer makes, by their index from 0."""

    def __init__(self, data: Mapping[str, object], *, key_points: int) -> None:
        super().__init__(data)
        self.key_points = key_points
        self.fields["points"] = forms.TypedMultipleChoiceField(
            required=False, coerce=int, choices=[(str(i), str(i)) for i in range(key_points)]
        )

    def ticks(self) -> list[bool]:
        met = set(self.cleaned_data["points"])
        return [index in met for index in range(self.key_points)]


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
