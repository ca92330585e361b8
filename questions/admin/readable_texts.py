"""Texts that people type into the admin's forms, as they are stored: composed, and never unseen."""

from django import forms

from questions.rules.texts import normal_text


class ReadableField(forms.CharField):
    """A text as the bank stores it. One that shows a reader nothing is empty."""

    def to_python(self, value: object) -> str:
        return normal_text(super().to_python(value) or "")

    def has_changed(self, initial: object, data: object) -> bool:
        """Texts are compared in their stored form: opening an old text changes nothing."""
        return super().has_changed(self.to_python(initial), data)


class ReadableTextsForm(forms.ModelForm):
    """A form of a row whose texts, names too, are stored in one form and show a reader something.

    A text that nobody touched stays as it is.
    """

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        for name in [name for name in self.changed_data if isinstance(cleaned.get(name), str)]:
            field = self.fields[name]
            if not isinstance(field, forms.CharField):
                continue
            text = normal_text(cleaned[name])
            if not text and field.required:
                self.add_error(name, forms.ValidationError(field.error_messages["required"]))
            else:
                cleaned[name] = text
        return cleaned
