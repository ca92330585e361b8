"""What the admin pages of the bank share: no bulk deletion, and new rows at the end."""

from django import forms
from django.db.models import Max


class NoBulkDelete:
    """For admin classes: rows are deleted one at a time, from their own page."""

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


class PositionForm(forms.ModelForm):
    """A row of a list in which the position can be typed, under a name of its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            named = {"aria-label": f"Position of {self.instance}"}
            self.fields["position"].widget.attrs |= named


class NewAtTheEnd:
    """For admin classes: what is added comes last unless its position says otherwise."""

    def get_changelist_form(self, request, **options):
        return super().get_changelist_form(request, **{"form": PositionForm, **options})

    def get_changeform_initial_data(self, request):
        last = self.model.objects.aggregate(last=Max("position"))["last"] or 0
        return {"position": last + 1, **super().get_changeform_initial_data(request)}
