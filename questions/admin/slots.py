"""The slots of an interview in the admin: their forms, and all of them as one value.

The value serves to compare two editors' work: a line for each slot, with tabs between its columns.
"""

from collections.abc import Mapping

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest

from questions.admin.base import Submitted, SubmittedFiles
from questions.admin.concurrent.fingerprints import fingerprint, fingerprints_in
from questions.models import Interview, Question, Slot, Topic
from questions.rules.limits import MAX_POSITION
from questions.rules.numbers import small_number

SLOTS = "slots"
FIELDS = ("position", "question", "topic", "difficulty_from", "difficulty_to", "count", "seconds")
COLUMNS = ("id", *FIELDS)
MAX_ROWS = 1000  # More than a form can hold: Django limits its fields to 1,000.


class SlotForm(forms.ModelForm):
    """One slot. SlotFormSet looks for duplicates: slots may swap positions in one save."""

    position = forms.IntegerField(
        min_value=1, max_value=MAX_POSITION, required=False, help_text="Empty: at the end."
    )

    class Meta:
        model = Slot
        fields = FIELDS

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if cleaned.get("question"):
            if cleaned.get("topic"):
                self.add_error("topic", "Choose either a question or a topic, not both.")
            if cleaned.get("count", 1) != 1:
                self.add_error("count", "A fixed question is asked once.")
        low, high = cleaned.get("difficulty_from"), cleaned.get("difficulty_to")
        if low and high and low > high:
            self.add_error("difficulty_to", "This is lower than the difficulty before it.")
        return cleaned

    def has_changed(self) -> bool:
        """A new row counts even if nothing was typed: its slot may draw any one question."""
        return self.instance.pk is None or super().has_changed()

    def validate_unique(self) -> None:
        """Left to SlotFormSet, which sees all slots as they will be."""

    def validate_constraints(self) -> None:
        """Left out: those about one slot are checked by its fields and `clean`."""


class SlotFormSet(forms.BaseInlineFormSet):
    """The slots of an interview, in order of their positions.

    If somebody else changed them since the form was loaded, it shows the saved ones and is never
    valid. InterviewForm then shows what this editor typed.
    """

    def __init__(
        self,
        data: Submitted | None = None,
        files: SubmittedFiles | None = None,
        instance: Interview | None = None,
        save_as_new: bool = False,
        prefix: str | None = None,
        queryset: QuerySet[Slot] | None = None,
    ) -> None:
        if data is not None and instance is not None and _changed_since(data, instance):
            data = files = None
        super().__init__(data, files, instance, save_as_new, prefix, queryset)

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        rows = [form for form in self.forms if not form.cleaned_data.get(DELETION_FIELD_NAME)]
        if self.instance.is_active and not rows:
            raise ValidationError("An active interview asks at least one question: add a slot.")
        _put_last_those_without_a_position(rows)
        for name, message in (
            ("position", "Another slot has this position."),
            ("question", "The interview has this question already."),
        ):
            taken = set()
            for form in rows:
                value = form.cleaned_data.get(name)
                if value is not None and value in taken:
                    form.add_error(name, message)
                taken.add(value)

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """Name each box, because a row of a table has no labels of its own."""
        super().add_fields(form, index)
        for name, field in form.fields.items():
            if field.widget.is_hidden:
                continue
            label = field.label or name.replace("_", " ").capitalize()
            if name == DELETION_FIELD_NAME:
                label = "Delete this slot"
            field.widget.attrs.setdefault("aria-label", label)

    def validate_unique(self) -> None:
        """Left to `clean`, which names the field of the second slot."""


def _changed_since(data: Mapping[str, object], interview: Interview) -> bool:
    """Whether the saved slots are no longer those that the form started from."""
    before = fingerprints_in(data).get(SLOTS)
    return interview.pk is not None and before != fingerprint(saved_slots(interview))


def _put_last_those_without_a_position(rows: list[forms.ModelForm]) -> None:
    last = max((form.cleaned_data["position"] or 0 for form in rows), default=0)
    for form in rows:
        if form.cleaned_data["position"] is None:
            last += 1
            form.cleaned_data["position"] = form.instance.position = last


class QuestionChoiceField(forms.ModelChoiceField):
    """A choice of questions by their prompts."""

    def label_from_instance(self, obj: Model) -> str:
        return str(getattr(obj, "choice", obj))


class SlotInline(admin.TabularInline):
    model = Slot
    form = SlotForm
    formset = SlotFormSet
    ordering = ["position"]
    autocomplete_fields = ["question", "topic"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Slot]:
        return super().get_queryset(request).select_related("interview", "question", "topic")

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **options: object
    ) -> forms.Field | None:
        """Without the icons that open a question or a topic: a row has no room for them."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **options: object
    ) -> forms.ModelChoiceField | None:
        if db_field.name == "question":
            questions = Question.objects.select_related("current_version").defer("phrasings")
            options |= {"form_class": QuestionChoiceField, "queryset": questions}
        return super().formfield_for_foreignkey(db_field, request, **options)


# --- all slots as one value -----------------------------------------------------------------


def saved_slots(interview: Interview) -> str:
    columns = [f"{name}_id" if name in ("question", "topic") else name for name in COLUMNS]
    rows = interview.slots.order_by("position").values_list(*columns)
    return _lines([["" if value is None else str(value) for value in row] for row in rows])


def slots_in_form(data: Mapping[str, str]) -> list[dict[str, str]]:
    """The slots that a form submits, valid or not, by COLUMNS: in the order of their positions.

    Those without a position come last, and those to be deleted are left out.
    """
    rows = []
    for number in range(small_number(data.get("slots-TOTAL_FORMS"), MAX_ROWS, default=0)):
        prefix = f"slots-{number}-"
        if f"{prefix}count" in data and not data.get(f"{prefix}{DELETION_FIELD_NAME}"):
            rows.append({name: " ".join(data.get(prefix + name, "").split()) for name in COLUMNS})
    last = MAX_POSITION + 1
    return sorted(rows, key=lambda row: small_number(row["position"], MAX_POSITION, default=last))


def typed_slots(data: Mapping[str, str]) -> str:
    return _lines([list(row.values()) for row in slots_in_form(data)])


def _lines(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def slots_in_words(value: str) -> str:
    """All slots for a reader, such as “1: what-is-drift, 60 s”, a line for each."""
    rows = [line.split("\t") for line in value.splitlines()]
    questions = Question.objects.in_bulk([small_number(row[2], default=0) for row in rows])
    topics = Topic.objects.in_bulk([small_number(row[3], default=0) for row in rows])

    def words(row: list[str]) -> str:
        _, position, question, topic, low, high, count, seconds = row
        asks = questions.get(small_number(question, default=0)) or (
            f"{count} of {topics.get(small_number(topic, default=0), 'any topic')},"
            f" difficulty {low} to {high}"
        )
        return f"{position or 'last'}: {asks}{f', {seconds} s' if seconds else ''}"

    return "\n".join(map(words, rows))
