"""The admin's form of a question. It checks and converts; it does not save."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.urls import reverse
from django.utils.html import format_html

from questions.formats import MAX_TEXT
from questions.models import (
    TEXT_FIELDS,
    ChangeKind,
    Question,
    Status,
    content_hash,
)
from questions.rendering import rendered
from questions.slugs import free_slug

SETTINGS = ("topic", "difficulty", "status", "seconds", "position", "slug")


class PreviewedTextarea(forms.Textarea):
    """A box for Markdown with what becomes of it beside; htmx renews that while one types."""

    def __init__(self, *, rows: int):
        super().__init__(attrs={"rows": rows, "cols": 80})

    def render(self, name, value, attrs=None, renderer=None):
        region = f"preview-{name}"
        attrs = {
            **(attrs or {}),
            "data-hx-post": f"{reverse('admin:questions_question_markdown')}?field={name}",
            "data-hx-params": f"{name},csrfmiddlewaretoken",
            "data-hx-trigger": "input changed delay:300ms",
            "data-hx-target": f"#{region}",
            "data-hx-swap": "innerHTML",
            "data-hx-sync": "this:replace",
        }
        return format_html(
            '<div class="previewed">{}<section class="preview" aria-label="Preview: {}">'
            '<p class="preview-title" aria-hidden="true">Preview</p><div id="{}">{}</div>'
            "</section></div>",
            super().render(name, value, attrs, renderer),
            name.replace("_", " "),
            region,
            rendered(name, value or ""),
        )


class BankText(forms.CharField):
    """A text of the bank: line ends as in a bank file, at most MAX_TEXT characters.

    The browser gets no maxlength, for it would cut what is pasted without a word.
    """

    def __init__(self, *, rows: int, previewed: bool = False, **options):
        plain = forms.Textarea(attrs={"rows": rows, "cols": 80})
        options.setdefault("widget", PreviewedTextarea(rows=rows) if previewed else plain)
        super().__init__(validators=[MaxLengthValidator(MAX_TEXT)], **options)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class QuestionForm(forms.ModelForm):
    """A question and what its current version says.

    started_from names what the editor had before them. If the question has moved on since, the
    form does not validate; `conflicts` then has, for each field that differs, what is saved and
    what the editor wrote, and the next save is taken as made in knowledge of both.
    """

    prompt = BankText(
        rows=3, previewed=True, help_text="The question as asked. Markdown, as in all these texts."
    )
    answer = BankText(rows=10, previewed=True, required=False, help_text="What is true.")
    how_to_answer = BankText(
        rows=6, previewed=True, required=False, help_text="Advice to the candidate."
    )
    example_answer = BankText(
        rows=10, previewed=True, required=False, help_text="As a strong candidate says it."
    )
    key_points = BankText(
        rows=6,
        previewed=True,
        required=False,
        help_text="One a line. Each is one idea of a good answer; answers are scored against them.",
    )
    change_kind = forms.ChoiceField(
        choices=ChangeKind.choices,
        initial=ChangeKind.MATERIAL.value,
        required=False,
        label="What changed",
        help_text="Of changed texts; the other fields make no new version.",
    )
    change_note = BankText(
        rows=2,
        required=False,
        label="Why",
        help_text="Needed when somebody was asked this question already.",
    )
    started_from = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Question
        fields = SETTINGS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflicts = []
        self.version = self.instance.current_version
        if self.version:
            texts = self.version.texts()
            self.initial |= {**texts, "key_points": "\n".join(texts["key_points"])}
        self.initial["started_from"] = self.state = _state(self.instance)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "Its name in bank files. Empty: made from the prompt."

    def clean_key_points(self) -> list[str]:
        points = [line.strip() for line in self.cleaned_data["key_points"].splitlines()]
        points = [point for point in points if point]
        folded = [point.casefold() for point in points]
        for point in points:
            if folded.count(point.casefold()) > 1:
                raise ValidationError(
                    "This key point comes twice: “%(point)s”", "twice", {"point": point}
                )
        return points

    def clean_prompt(self) -> str:
        prompt = self.cleaned_data["prompt"]
        others = Question.objects.exclude(pk=self.instance.pk)
        if twin := others.filter(current_version__prompt__iexact=prompt).first():
            raise ValidationError(
                "Another question asks the same: %(slug)s", "twin", {"slug": twin.slug}
            )
        return prompt

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("status") == Status.PUBLISHED and cleaned.get("key_points") == []:
            self.add_error("key_points", "To be published, a question needs a key point or more.")
        if not cleaned.get("slug") and cleaned.get("prompt") and "slug" not in self.errors:
            cleaned["slug"] = free_slug(cleaned["prompt"], Question.objects.all())
        if self.instance.pk:
            self._check_for_another_editor()
        if not self.errors and self._needs_note() and not cleaned["change_note"]:
            self.add_error("change_note", "Somebody was asked this question: say why it changes.")
        return cleaned

    def texts(self) -> dict:
        """The four texts and the key points, by name, as questions.bank.save_texts takes them."""
        return {name: self.cleaned_data[name] for name in (*TEXT_FIELDS, "key_points")}

    @property
    def changes_texts(self) -> bool:
        return self.version is None or self.version.content_hash != content_hash(self.texts())

    def _needs_note(self) -> bool:
        return self.version is not None and self.changes_texts and was_asked(self.instance)

    def _check_for_another_editor(self):
        bookkeeping = {"change_kind", "change_note", "started_from"}
        theirs = set(self.changed_data) - bookkeeping
        if self.cleaned_data.get("started_from") == self.state or not theirs:
            return
        self.conflicts = [
            {
                "label": self[name].label,
                "saved": self._shown(name, self.initial.get(name)),
                "yours": self._shown(name, self[name].value()),
            }
            for name in self.fields
            if name in theirs
        ]
        self.data = self.data.copy()
        self.data[self.add_prefix("started_from")] = self.state
        self.add_error(None, self._said_of_the_other())

    def _said_of_the_other(self) -> str:
        saved = "Somebody saved this question"
        if self.version and not self.cleaned_data["started_from"].startswith(
            f"{self.version.number}-"
        ):
            saved = f"{self.version.author or 'Somebody'} saved version {self.version.number}"
        return (
            f"{saved} while you had this form open, and nothing of yours was stored yet. Both are"
            " shown below. Take over what you want to keep, then save again."
        )

    def _shown(self, name: str, value) -> str:
        """A value as the form shows it: of a choice, its label."""
        choices = getattr(self.fields[name], "choices", ())
        labels = {str(key): label for key, label in choices}
        return str(labels.get(str(value), value))


class RestoreForm(forms.Form):
    """Why an old version is to be what the question says, and what was shown beside it."""

    current = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    change_kind = forms.ChoiceField(
        choices=ChangeKind.choices, initial=ChangeKind.MATERIAL.value, label="What changes"
    )
    change_note = BankText(rows=2, label="Why", required=False)

    def __init__(self, *args, question: Question, old, **options):
        super().__init__(*args, **options)
        self.question, self.old = question, old
        self.fields["current"].initial = question.current_version.number

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("current") not in (None, self.question.current_version.number):
            self.data = {**self.data.dict(), "current": self.question.current_version.number}
            raise ValidationError(
                "Somebody saved another version meanwhile. It is shown below now: look again."
            )
        if self.question.status == Status.PUBLISHED and not self.old.key_points:
            raise ValidationError("That version has no key points, and the question is published.")
        if was_asked(self.question) and not cleaned.get("change_note"):
            self.add_error("change_note", "Somebody was asked this question: say why it changes.")
        return cleaned


def was_asked(question: Question) -> bool:
    """Whether anybody was asked any version of the question."""
    return question.versions.filter(answers__isnull=False).exists()


def _state(question: Question) -> str:
    """What two editors must not both start from: the version's number and the other fields."""
    values = [str(getattr(question, Question._meta.get_field(name).attname)) for name in SETTINGS]
    number = question.current_version.number if question.current_version else 0
    return f"{number}-{hashlib.sha256(repr(values).encode()).hexdigest()[:16]}"
