"""What a candidate chooses before an interview starts: how the clock runs, what is drawn first."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from django import forms

from attempts.models import AtDeadline
from attempts.rules.draw import Prefer
from attempts.rules.recall.steps import WEAK
from attempts.transitions.starting import Pace
from questions.models import Timing

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


class DrawForm(forms.Form):
    """Which questions an interview draws first. weak: how many weak ones it may draw.

    The choice is not remembered: a mock interview lives from not knowing what comes, so each start
    is with new questions unless its candidate asks for weak ones.
    """

    prefer = forms.TypedChoiceField(
        label="Which questions come first?",
        required=False,
        widget=forms.RadioSelect,
        initial=Prefer.UNSEEN.value,
        coerce=Prefer,
        empty_value=Prefer.UNSEEN,
        choices=[
            (Prefer.UNSEEN.value, "Questions I have not seen"),
            (Prefer.WEAK.value, "My weak questions"),
        ],
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, weak: int = 0) -> None:
        super().__init__(data, label_suffix="")
        self.is_offered = weak > 0
        number = f" You have {weak} of them here." if weak else ""
        self.fields["prefer"].help_text = f"{WEAK}{number}"

    def chosen(self) -> Prefer:
        """UNSEEN where the choice was refused."""
        return self.cleaned_data.get("prefer", Prefer.UNSEEN) if self.is_valid() else Prefer.UNSEEN
