"""The forms in which staff say why they act on an attempt. They check; they do not save."""

from django import forms
from django.contrib.admin.models import LogEntry
from django.http import QueryDict

from questions.admin.concurrent.fingerprints import with_values
from questions.admin.readable_texts import ReadableField


def why_field(help_text: str) -> forms.CharField:
    return ReadableField(
        max_length=500,
        label="Why",
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text=help_text,
    )


class WhyForm(forms.Form):
    """Why somebody acts, unless somebody else acted since the page was opened: then it says so.

    last: the newest entry of the log about the attempt; seen: the one that the page knew.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    why = why_field("Recorded in the log.")

    def __init__(self, data: QueryDict | None, last: LogEntry | None) -> None:
        self.last, newest = last, str(last.pk if last else "")
        super().__init__(data, initial={"seen": newest})
        self.is_old = data is not None and data.get("seen", newest) != newest
        if data is not None and self.is_old:
            self.data = with_values(data, {"seen": newest})

    def clean(self) -> dict[str, object]:
        if self.is_old and self.last is not None:
            did = (
                f"{self.last.user} did since you opened this page: {self.last.get_change_message()}"
            )
            self.add_error(None, f"{did} Nothing of yours is done yet. To do it too, press again.")
        return self.cleaned_data


class MinutesForm(WhyForm):
    minutes = forms.IntegerField(min_value=1, max_value=24 * 60, label="Minutes")
    why = why_field("Recorded in the log. The candidate can read it.")
