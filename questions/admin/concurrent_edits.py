"""Two people at the same form: what each changed is kept; what both changed is shown to the second.

A form says in `started_from` what its editor had before them. When it comes back, each field is
merged three ways: as it was then, as it is saved now, as it was sent.
"""

import json

from django import forms
from django.contrib import messages
from django.db import connection


def three_way(base: dict, saved: dict, sent: dict) -> tuple[dict, list[str]]:
    """The values that come of the three, and the names of those that both changed otherwise."""
    merged = {name: saved[name] if sent[name] == base.get(name) else sent[name] for name in sent}
    clashes = [n for n in sent if merged[n] != saved[n] and saved[n] != base.get(n)]
    return merged, clashes


class SharedForm(forms.ModelForm):
    """A form, without a prefix, of a row that somebody else may be at as well.

    `conflicts` has, for each field that both changed, what is saved and what was sent; then the
    form does not validate, and the next save is taken as made in knowledge of both. `taken` names
    the fields whose saved value was taken because this editor had not touched them.
    """

    started_from = forms.CharField(required=False, widget=forms.HiddenInput)
    bookkeeping: tuple[str, ...] = ("started_from",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflicts: list[dict] = []
        self.taken: list[str] = []

    def state(self) -> dict:
        """What is saved now, as `started_from` carries it."""
        return self.saved_values()

    def values_of(self, state: dict) -> dict:
        """The values by field that a state stands for."""
        return state

    def shared_fields(self) -> list[str]:
        return [name for name in self.fields if name not in self.bookkeeping]

    def saved_values(self) -> dict:
        return {name: plain(self.get_initial_for_field(self.fields[name], name))
                for name in self.shared_fields()}  # fmt: skip

    def sent_values(self) -> dict:
        def sent(name):
            widget = self.fields[name].widget
            return widget.value_from_datadict(self.data, self.files, name)

        return {name: plain(sent(name)) for name in self.shared_fields()}

    def start_or_merge(self) -> None:
        """To be called once the initial values are set."""
        self.initial["started_from"] = now = json.dumps(self.state())
        if not (self.is_bound and self.instance.pk and self.shared_fields()):
            return
        self.base = state_in(self.data)
        if json.dumps(self.base) != now:
            self._merge(now)

    def _merge(self, now: str) -> None:
        base, saved, sent = self.values_of(self.base), self.saved_values(), self.sent_values()
        merged, clashes = three_way(base, saved, sent)
        self.taken = [self.label_of(name) for name in sent if merged[name] != sent[name]]
        self.conflicts = [
            {
                "label": self.label_of(name),
                "saved": self.shown(name, saved[name]),
                "yours": self.shown(name, sent[name]),
            }
            for name in clashes
        ]
        self.data = self.data.copy()
        for name in self.fields:
            if name in merged and merged[name] != sent[name]:
                self.data[name] = merged[name]
        self.data["started_from"] = now

    def clean(self):
        cleaned = super().clean()
        if self.conflicts:
            self.add_error(None, f"{self.who_saved()} while you had this form open, and nothing of"
                " yours was stored yet. What both of you changed is shown below: take over what you"
                " want to keep, then save again.")  # fmt: skip
        return cleaned

    def who_saved(self) -> str:
        return f"Somebody saved this {self._meta.model._meta.verbose_name}"

    def label_of(self, name: str) -> str:
        return str(self[name].label)

    def shown(self, name: str, value: str) -> str:
        """A value as the form shows it: of a choice, its label."""
        choices = getattr(self.fields.get(name), "choices", ())
        return {str(key): str(label) for key, label in choices}.get(value, value)


def plain(value) -> str:
    """A value as a browser sends it, without what no form stores: line ends, blanks around."""
    text = "" if value is None else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def state_in(data) -> dict:
    """What a form says that it started from; nothing when it says nothing that can be read."""
    try:
        state = json.loads(data.get("started_from", ""))
    except (ValueError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}


class SharedAdmin:
    """For admin classes whose form is a SharedForm."""

    def get_object(self, request, object_id, from_field=None):
        """The row; where it is about to be changed, locked, so that editors come in turn."""
        row = super().get_object(request, object_id, from_field)
        if row and request.method == "POST" and connection.in_atomic_block:
            # Locked by itself: a join would still show what was there before the wait.
            self.model.objects.select_for_update().filter(pk=row.pk).first()
            row = super().get_object(request, object_id, from_field)
        return row

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if taken := getattr(form, "taken", None):
            said = "Somebody changed this meanwhile, and it stays as they saved it"
            self.message_user(request, f"{said}: {', '.join(taken)}.", messages.WARNING)
