"""The form with which an editor accepts or declines a report. It checks; it does not save."""

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from attempts.models import Report
from questions.admin.concurrent.fingerprints import with_values
from questions.admin.readable_texts import ReadableField

DECIDED = [choice for choice in Report.Status.choices if choice[0] != Report.Status.OPEN]


class DecisionForm(forms.ModelForm):
    """Accept or decline, with an answer to the candidate. A declined report needs one."""

    status = forms.ChoiceField(
        label="Decision", choices=[("", "Not decided yet"), *DECIDED], required=False
    )
    reply = ReadableField(
        label="Answer to the candidate",
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "cols": 80, "dir": "auto"}),
        help_text="Shown beside the question in the candidate's result. Required to decline.",
    )
    # Which decision was stored when the form was opened (stamp).
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Report
        fields = ["status", "reply"]

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict | None = None,
        *,
        instance: Report,
    ) -> None:
        super().__init__(data, files, instance=instance)
        self.initial["seen"] = stamp(self.instance)
        if self.instance.is_open:
            self.initial["status"] = ""
        elif isinstance(status := self.fields.get("status"), forms.ChoiceField):
            status.choices = DECIDED

    def clean(self) -> dict[str, object]:
        status, reply = self.cleaned_data.get("status"), self.cleaned_data.get("reply")
        if not status and "status" not in self.errors:
            self.add_error("status", "Accept or decline the report.")
        if status == Report.Status.DECLINED and not reply:
            self.add_error("reply", "Tell the candidate why it is declined.")
        self._check_for_another_decision()
        return self.cleaned_data

    def _check_for_another_decision(self) -> None:
        """Add an error if somebody decided meanwhile; saving again then replaces that decision.

        The report is locked: if two editors save at once, the second one gets the error.
        """
        stored = Report.objects.select_for_update().get(pk=self.instance.pk)
        if self.cleaned_data["seen"] == stamp(stored):
            return
        self.data = with_values(self.data, {"seen": stamp(stored)})
        who, reply = stored.handled_by or "Somebody", f": “{stored.reply}”" if stored.reply else "."
        decided = f"{who} {stored.status} this report while you had it open{reply}"
        self.add_error(
            None, f"{decided} Your decision is not saved. To replace the other one, save again."
        )


def stamp(report: Report) -> str:
    """Identifies the stored decision; empty if there is none."""
    return report.handled_at.isoformat() if report.handled_at else ""
