"""The form with the day of somebody's interview."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError

from attempts.rules.recall.due import to_come

FURTHEST = timedelta(days=730)
"""A day that is further away is a slip of the pen."""


class InterviewDateForm(forms.Form):
    """A day from today on."""

    interview_on = forms.DateField(
        label="Date of your interview",
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "Choose a day.",
            "invalid": "Give the day as year, month and day, such as 2027-01-31.",
        },
    )

    def __init__(
        self, data: Mapping[str, object] | None = None, *, day: date | None = None, now: datetime
    ) -> None:
        """day: the one that was set before."""
        super().__init__(data, initial={"interview_on": to_come(day, now)}, label_suffix="")
        self._now = now
        today = now.astimezone(UTC).date()
        self.fields["interview_on"].widget.attrs["min"] = today.isoformat()

    def clean_interview_on(self) -> date:
        day: date = self.cleaned_data["interview_on"]
        if to_come(day, self._now) is None:
            raise ValidationError("This day is over. Choose today or a later day.")
        if day > self._now.astimezone(UTC).date() + FURTHEST:
            raise ValidationError("Choose a day within the next two years.")
        return day
