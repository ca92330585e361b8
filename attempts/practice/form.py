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
    """Which questions to practise, and how. clock: "" is as its candidate usually has it.

    Without a source, as from a button that names a topic, what is named says which one it is.
    """

    source = forms.ChoiceField(choices=Practice.Source.choices, required=False)
    topic = forms.ModelChoiceField(Topic.objects.all(), required=False)
    question = forms.ModelChoiceField(
        Question.objects.published().select_related("current_version").defer("phrasings"),
        required=False,
    )
    attempt = forms.UUIDField(required=False)
    clock = forms.ChoiceField(choices=[("1", "with a clock"), ("0", "without")], required=False)
    minutes = forms.IntegerField(min_value=1, max_value=LONGEST_MINUTES, required=False)

    def clean(self) -> None:
        data = self.cleaned_data
        named = [source.value for source, of in _OF_SOURCE.items() if data.get(of)]
        source = data.get("source") or next(iter(named), "")
        if not source or (source in _OF_SOURCE and source not in named):
            raise ValidationError("a practice says of what it is")
        data["source"] = source
