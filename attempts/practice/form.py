"""The form with which a practice is asked for."""

from django import forms
from django.core.exceptions import ValidationError

from attempts.models import Practice
from questions.models import Question, Topic

LONGEST_MINUTES = 24 * 60
_OF_SOURCE = {
    Practice.Source.TOPIC: "topic",
    Practice.Source.QUESTION: "question",
    Practice.Source.RESULT: "attempt",
}
"""The field that a source needs."""


class PracticeForm(forms.Form):
    """Which questions to practise, and how. clock: "" is as its candidate usually has it."""

    source = forms.ChoiceField(choices=Practice.Source.choices)
    topic = forms.ModelChoiceField(Topic.objects.all(), required=False)
    question = forms.ModelChoiceField(
        Question.objects.published().select_related("current_version").defer("phrasings"),
        required=False,
    )
    attempt = forms.UUIDField(required=False)
    clock = forms.ChoiceField(choices=[("1", "with a clock"), ("0", "without")], required=False)
    minutes = forms.IntegerField(min_value=1, max_value=LONGEST_MINUTES, required=False)

    def clean(self) -> None:
        source = self.cleaned_data.get("source")
        needed = _OF_SOURCE.get(source) if source else None
        if needed and not self.cleaned_data.get(needed):
            raise ValidationError("a practice of this kind says of what")
