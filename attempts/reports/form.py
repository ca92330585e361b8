"""The form with which a candidate reports a problem with a question."""

from django import forms

from attempts.models import Report
from attempts.rules.texts import storable
from questions.rules.visible import is_visible

MAX_REPORT = 2_000


class ReportTextField(forms.CharField):
    """A text as it is stored, so that a line end counts as one character."""

    def to_python(self, value: object) -> str:
        text = storable(super().to_python(value) or "")
        return text if is_visible(text) else ""


class ReportForm(forms.Form):
    """Why a question is wrong. A text that is sent again has no reason, and gets "other"."""

    reason = forms.ChoiceField(
        choices=Report.Reason.choices,
        required=False,
        error_messages={"invalid_choice": "Choose one of the reasons."},
    )
    text = ReportTextField(
        max_length=MAX_REPORT,
        error_messages={
            "required": "Say in a few words what is wrong.",
            "max_length": "A report has at most 2,000 characters; this one has %(show_value)d.",
        },
    )

    def clean_reason(self) -> str:
        return self.cleaned_data["reason"] or Report.Reason.OTHER.value

    @property
    def reasons(self) -> list[tuple[str, str, bool]]:
        """(value, label, whether it is chosen) of each reason."""
        chosen = self.data.get("reason")
        return [(value, label, value == chosen) for value, label in Report.Reason.choices]
