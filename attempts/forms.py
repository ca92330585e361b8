"""What people and their pages send, turned into the values that the rules take."""

import re
from decimal import Decimal

from django import forms

from attempts.models import AtDeadline
from attempts.rules.lifecycle import Save
from attempts.transitions.starting import Pace
from questions.models import Interview, Timing

MAX_ANSWER = 20_000
MAX_INTEGER = 2**31 - 1
SURROGATES = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """As typed, but for what Postgres can't store (NUL, lone surrogates) and the form's CRLF."""
    text = SURROGATES.sub("\ufffd", text.replace("\0", ""))
    return text.replace("\r\n", "\n").replace("\r", "\n")


class AnswerTextField(forms.CharField):
    """Any text, kept as typed as far as it is storable."""

    default_error_messages = {
        "missing": "The text of the answer is missing; what is stored stays as it is.",
        "max_length": "An answer has at most 20,000 characters; this one has %(show_value)d. "
        "It is not saved yet: shorten it, it stays here meanwhile.",
    }

    def __init__(self, **options):
        super().__init__(required=False, strip=False, max_length=MAX_ANSWER, **options)

    def to_python(self, value):
        if value is None:  # not the same as an empty box
            raise forms.ValidationError(self.error_messages["missing"], code="missing")
        return storable(super().to_python(value))


class AnswerForm(forms.Form):
    """A text with its place in the save protocol. cause: what made the page send it."""

    position = forms.IntegerField(min_value=1, max_value=10_000)
    text = AnswerTextField()
    revision = forms.IntegerField(min_value=0, max_value=MAX_INTEGER, required=False)
    writer = forms.RegexField(r"^[A-Za-z0-9_-]*$", max_length=36, required=False)
    sequence = forms.IntegerField(min_value=0, max_value=MAX_INTEGER, required=False)
    cause = forms.ChoiceField(
        choices=[("auto", "auto"), ("bell", "bell"), ("chosen", "chosen")], required=False
    )

    def sent(self) -> Save:
        """The text as the rules take it; without a cause, somebody pressed a button."""
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


class FlagForm(forms.Form):
    """Whether a question is flagged from now on."""

    position = forms.IntegerField(min_value=1, max_value=10_000)
    flagged = forms.TypedChoiceField(
        choices=[("1", "yes"), ("0", "no")], coerce=lambda value: value == "1"
    )


class MoreTimeForm(forms.Form):
    """The question that is to have five more minutes."""

    extend = forms.IntegerField(min_value=1, max_value=10_000)


class OutageForm(forms.Form):
    """Seconds in which the page could not reach the site while question `position` was open."""

    position = forms.IntegerField(min_value=1, max_value=10_000)
    seconds = forms.IntegerField(min_value=1, max_value=24 * 60 * 60)


NO_LIMIT = "none"
FACTORS = ("1", "1.25", "1.5", "2", "3", "5", "10")


class StartForm(forms.Form):
    """How the candidate wants the clock. Whatever is left out is as usual.

    interview: with one clock for all, the thinking time only makes that longer, and is called so.
    """

    time_factor = forms.ChoiceField(
        label="Time",
        required=False,
        choices=[
            ("1", "As planned"),
            *((factor, f"{factor} × the time") for factor in FACTORS[1:]),
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
        label="When time is up",
        required=False,
        choices=[
            (AtDeadline.HAND_IN.value, "Hand in what is written"),
            (AtDeadline.OVERTIME.value, "Go on, marked as overtime"),
        ],
    )

    def __init__(self, *args, interview: Interview, **options):
        super().__init__(*args, **options)
        if interview.timing == Timing.TOTAL:
            thinking = self.fields["think_seconds"]
            thinking.label = "Extra time to think, for each question"
            thinking.help_text = "It is added to the one clock."

    @classmethod
    def with_usual(cls, pace: Pace | None, interview: Interview) -> "StartForm":
        """The form as somebody sees it first: as chosen last time, else as the interview has it."""
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

    def pace(self, interview) -> Pace:
        data = self.cleaned_data
        factor, thinking = data["time_factor"] or "1", data["think_seconds"]
        return Pace(
            time_factor=None if factor == NO_LIMIT else Decimal(factor),
            think_seconds=interview.think_seconds if thinking is None else thinking,
            at_deadline=data["at_deadline"] or AtDeadline.HAND_IN.value,
        )


class MarkForm(forms.Form):
    """Which of n key points an answer made, by their index from 0."""

    points = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, *args, key_points: int, **options):
        super().__init__(*args, **options)
        self.fields["points"].choices = [(str(i), str(i)) for i in range(key_points)]
        self.key_points = key_points

    def ticks(self) -> list[bool]:
        met = set(self.cleaned_data["points"])
        return [index in met for index in range(self.key_points)]
