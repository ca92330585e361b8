"""The admin's forms of an interview and its slots. They check and convert; they do not save."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

from questions.admin import slot_rows
from questions.admin.concurrent_edits import SharedForm, state_in
from questions.admin.slot_rows import STEPS
from questions.models import Interview, Slot, Timing

MAX_POSITION = 32_767


class InterviewForm(SharedForm):
    """An interview. Of two editors the steps are one field: their order is what an interview is."""

    class Meta:
        model = Interview
        fields = [
            *["name", "slug", "description", "timing", "seconds", "think_seconds"],
            *["is_active", "position"],
        ]
        widgets = {"description": forms.Textarea(attrs={"rows": 4, "cols": 80})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.start_or_merge()

    def saved_values(self) -> dict:
        steps = slot_rows.saved(self.instance) if self.instance.pk else []
        return {**super().saved_values(), STEPS: steps}

    def sent_values(self) -> dict:
        steps = slot_rows.sent(self.data)
        return super().sent_values() | ({} if steps is None else {STEPS: steps})

    @staticmethod
    def steps_stay(data, interview: Interview) -> bool:
        """Whether the steps stay as they are saved, whatever steps were sent.

        So it is when they changed since the form was loaded, unless the form sends the same.
        """
        saved = slot_rows.saved(interview)
        return saved not in (state_in(data).get(STEPS), slot_rows.sent(data))

    def label_of(self, name: str) -> str:
        return "Slots (below are those saved now)" if name == STEPS else super().label_of(name)

    def shown(self, name: str, value) -> str:
        return slot_rows.in_words(value) if name == STEPS else super().shown(name, value)

    def clean(self):
        cleaned = super().clean()
        if "timing" in cleaned and "seconds" in cleaned:
            if cleaned["timing"] == Timing.TOTAL and cleaned["seconds"] is None:
                self.add_error("seconds", "With one clock the interview needs its seconds in all.")
            if cleaned["timing"] == Timing.PER_QUESTION and cleaned["seconds"] is not None:
                self.add_error("seconds", "With a clock for each question this stays empty.")
        return cleaned


class SlotForm(forms.ModelForm):
    """One step. Rows may trade places and questions in one save; SlotFormSet looks for doubles."""

    position = forms.IntegerField(
        min_value=1, max_value=MAX_POSITION, required=False, help_text="Empty: at the end."
    )

    class Meta:
        model = Slot
        fields = [
            *["position", "question", "topic", "difficulty_from", "difficulty_to"],
            *["count", "seconds"],
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # a row of a table has no labels of its own
            said = field.label or name.replace("_", " ").capitalize()
            field.widget.attrs.setdefault("aria-label", said)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("question"):
            if cleaned.get("topic"):
                self.add_error("topic", "Either a question or a topic, not both.")
            if cleaned.get("count", 1) != 1:
                self.add_error("count", "A fixed question is asked once.")
        low, high = cleaned.get("difficulty_from"), cleaned.get("difficulty_to")
        if low and high and low > high:
            self.add_error("difficulty_to", "This is easier than where it starts.")
        return cleaned

    def has_changed(self):
        """A new row counts even as it comes: any one question is a rule, too."""
        return self.instance.pk is None or super().has_changed()

    def validate_unique(self):
        pass

    def validate_constraints(self):
        for constraint in Slot._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                try:
                    constraint.validate(Slot, self.instance, self._get_validation_exclusions())
                except ValidationError as error:
                    self._update_errors(error)


class SlotFormSet(forms.BaseInlineFormSet):
    """The steps of an interview, in order of their positions."""

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        rows = [form for form in self.forms if not self._should_delete_form(form)]
        if self.instance.is_active and not rows:
            raise ValidationError("An active interview asks at least one question: add a slot.")
        self._number(rows)
        for name, said in (
            ("position", "Another slot has this position."),
            ("question", "The interview has this question already."),
        ):
            seen = set()
            for form in rows:
                value = form.cleaned_data.get(name)
                if value is not None and value in seen:
                    form.add_error(name, said)
                seen.add(value)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "Delete this slot"

    def validate_unique(self):
        pass

    def _number(self, rows):
        """Put those without a position at the end."""
        last = max((form.cleaned_data["position"] or 0 for form in rows), default=0)
        for form in rows:
            if form.cleaned_data["position"] is None:
                last += 1
                form.cleaned_data["position"] = form.instance.position = last
