"""What a candidate sends to say that a question is wrong."""

from django import forms

from attempts.forms import storable
from attempts.models import Report

MAX_REPORT = 2_000


class ReportTextField(forms.CharField):
    """A text as typed as far as it is storable; a line's end counts as one character."""

    def to_python(self, value):
        return storable(super().to_python(value))


class ReportForm(forms.Form):
    """Why a question is wrong. Without a reason, as a page that resends a text has it: other."""

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

    def clean_reason(self):
        return self.cleaned_data["reason"] or Report.Reason.OTHER.value

    @property
    def reasons(self):
        """Each choice with whether it is chosen."""
        chosen = self.data.get("reason")
        return [(value, label, value == chosen) for value, label in Report.Reason.choices]
