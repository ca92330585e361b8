"""The admin's forms of a question. They check and convert; they do not save."""

from typing import Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from questions.admin.base import FormOptions, Submitted, SubmittedFiles
from questions.admin.concurrent.fingerprints import with_values
from questions.admin.phrasings import PhrasingsForm
from questions.admin.versions import kind_of
from questions.admin.widgets import ExampleAnswerTextarea, LongTextField, MarkdownTextarea
from questions.bank.publishing import PublishedQuestions
from questions.bank.slugs import free_slug
from questions.bank.usage import was_asked
from questions.models import (
    LIST_FIELDS,
    TEXT_FIELDS,
    VERSION_FIELDS,
    ChangeKind,
    Question,
    QuestionVersion,
    Status,
    content_hash,
)
from questions.rules.prompts import prompt_title
from questions.rules.texts import items_of, key_points_of, repeated_point

KINDS = [("", "Choose…"), *ChangeKind.choices]
ASKS_THE_SAME = "Another published question asks the same:"
LISTS = tuple(name for name in LIST_FIELDS if name != "follow_ups")
"""The lists that have a box with one item a line. The follow-ups stand beside their points."""
SETTINGS = ("topic", "difficulty", "status", "seconds", "position", "slug")


class QuestionForm(PhrasingsForm):
    """A question, the texts of its current version, and the phrasings of its key points."""

    prompt = LongTextField(
        widget=MarkdownTextarea(rows=3),
        help_text="The question as it is asked. The first line is the heading. The rest is shown"
        " below it. Markdown works in all these texts.",
    )
    answer = LongTextField(
        widget=MarkdownTextarea(rows=10), required=False, help_text="What is true."
    )
    how_to_answer = LongTextField(
        widget=MarkdownTextarea(rows=6), required=False, help_text="Advice to the candidate."
    )
    example_answer = LongTextField(
        widget=ExampleAnswerTextarea(rows=10),
        required=False,
        help_text="What a strong candidate might say.",
    )
    short_example = LongTextField(
        widget=MarkdownTextarea(rows=4),
        required=False,
        help_text="The same in half a minute: 40 to 65 words with most of the key points.",
    )
    key_points = LongTextField(
        widget=MarkdownTextarea(rows=6),
        required=False,
        help_text="One on each line: one idea of a good answer. Answers are scored by them.",
    )
    common_mistakes = LongTextField(
        widget=MarkdownTextarea(rows=3),
        required=False,
        help_text="One on each line: what candidates get wrong, such as “Saying that …” or"
        " “Forgetting …”. Shown beside the result.",
    )
    sources = LongTextField(
        widget=MarkdownTextarea(rows=3),
        required=False,
        help_text="One on each line, that a reader can look up: “Author: Title (site, year)”, with"
        " an address if there is one. Shown beside the result.",
    )
    change_kind = forms.ChoiceField(
        choices=KINDS,
        required=False,
        label="What changed",
        help_text="Applies to changed texts only. Once somebody was asked this question, say what"
        " changed and why.",
    )
    change_note = LongTextField(rows=2, required=False, label="Why")
    not_compared = ("change_kind", "change_note", "started_from")

    class Meta:
        model = Question
        fields = SETTINGS

    def __init__(
        self,
        data: Submitted | None = None,
        files: SubmittedFiles | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        self.version: QuestionVersion | None = self.instance.current_version
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "Its name in bank files. Empty: made from the prompt."

    def initial_texts(self) -> dict[str, str]:
        texts, version = super().initial_texts(), self.instance.current_version
        if version is None:
            return texts
        lines = {name: "\n".join(getattr(version, name)) for name in LISTS}
        return {**texts, **{name: getattr(version, name) for name in TEXT_FIELDS}, **lines}

    def clean_key_points(self) -> list[str]:
        points = key_points_of(self.cleaned_data["key_points"])
        if point := repeated_point(points):
            raise ValidationError(
                "This key point appears twice: “%(point)s”", "twice", {"point": point}
            )
        return points

    def clean_common_mistakes(self) -> list[str]:
        return items_of(self.cleaned_data["common_mistakes"])

    def clean_sources(self) -> list[str]:
        return items_of(self.cleaned_data["sources"])

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.version is not None:
            # An old text that nobody touched stays as it is, in whatever form it was stored.
            changed = set(self.changed_data)
            if changed & {"key_points", "phrasings_by_point"}:
                changed.add("follow_ups")
            untouched = {n for n in VERSION_FIELDS if n in cleaned} - changed
            cleaned |= {name: getattr(self.version, name) for name in untouched}
        if cleaned.get("status") == Status.PUBLISHED:
            self._check_that_it_may_be_published(cleaned)
        if not cleaned.get("slug") and cleaned.get("prompt") and "slug" not in self.errors:
            cleaned["slug"] = free_slug(prompt_title(cleaned["prompt"]), Question.objects.all())
        if not self.errors and self._needs_note():
            require_kind_and_note(self)
        return cleaned

    def _check_that_it_may_be_published(self, cleaned: dict) -> None:
        prompt, points = cleaned.get("prompt", ""), cleaned.get("key_points", [])
        obstacles = PublishedQuestions().obstacles(self.instance.pk, prompt, points)
        if obstacles.no_key_points and "key_points" in cleaned:
            self.add_error("key_points", "A published question needs at least one key point.")
        if obstacles.duplicate and "prompt" in cleaned:
            self.add_error("prompt", f"{ASKS_THE_SAME} {obstacles.duplicate}")

    def texts(self) -> dict:
        """What the version says, by name, as save_texts takes it."""
        return {name: self.cleaned_data[name] for name in VERSION_FIELDS}

    @property
    def changes_texts(self) -> bool:
        return self.version is None or self.version.content_hash != content_hash(self.texts())

    def _needs_note(self) -> bool:
        return self.version is not None and self.changes_texts and was_asked(self.instance)

    def who_saved(self) -> str:
        if self.version and any(
            difference.name in VERSION_FIELDS for difference in self.differences
        ):
            return f"{self.version.author or 'Somebody'} saved version {self.version.number}"
        return super().who_saved()

    # --- what the admin's log says ------------------------------------------------------------

    def change_message(self) -> str:
        """What was saved, such as: Version 3, typo: clearer. Difficulty: medium → hard."""
        changes = [self._text_change()] if self.changes_texts else []
        changes += [*map(str, self.phrasing_changes), *self._setting_changes()]
        return " ".join(changes) or "No fields changed."

    def _text_change(self) -> str:
        version = self.instance.current_version
        why = version.change_note
        end = "" if why.endswith((".", "!", "?")) else "."
        reason = f": {why}" if why else ""
        return f"Version {version.number}, {kind_of(version)}{reason}{end}"

    def _setting_changes(self) -> list[str]:
        saved, typed = self.saved_values(), self.typed_values()
        changed = [n for n in SETTINGS if n in typed and typed[n] != saved[n]]
        return [
            f"{self.label_of(n)}: {self.shown(n, saved[n])} → {self.shown(n, typed[n])}."
            for n in changed
            if n != "slug" or typed[n]
        ]


class RestoreForm(forms.Form):
    """Why an old version is restored, and which current version was shown beside it.

    question: with its current version.
    """

    current = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    change_kind = forms.ChoiceField(choices=KINDS, label="What changes", required=False)
    change_note = LongTextField(rows=2, label="Why", required=False)

    def __init__(
        self, data: QueryDict | None, *, question: Question, old: QuestionVersion, current: int
    ) -> None:
        super().__init__(data, initial={"current": current})
        self.question, self.old, self.number_now = question, old, current

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if cleaned.get("current") not in (None, self.number_now):
            self.data = with_values(self.data, {"current": str(self.number_now)})
            raise ValidationError(
                "Somebody saved another version meanwhile. Compare again: it is shown below now."
            )
        if self.question.status == Status.PUBLISHED:
            self._check_that_it_may_be_published()
        if was_asked(self.question):
            require_kind_and_note(self)
        return cleaned

    def _check_that_it_may_be_published(self) -> None:
        obstacles = PublishedQuestions().obstacles(
            self.question.pk, self.old.prompt, self.old.key_points
        )
        if obstacles.no_prompt:
            raise ValidationError("That version asks nothing, and the question is published.")
        if obstacles.no_key_points:
            raise ValidationError("That version has no key points, and the question is published.")
        if obstacles.duplicate:
            raise ValidationError(f"{ASKS_THE_SAME} {obstacles.duplicate}")


def require_kind_and_note(form: forms.Form | QuestionForm) -> None:
    """Both are shown to people beside their answers, so an editor has to give them."""
    if not form.cleaned_data.get("change_kind"):
        form.add_error(
            "change_kind", "Somebody was asked this question: say whether its meaning changes."
        )
    if not form.cleaned_data.get("change_note"):
        form.add_error("change_note", "Somebody was asked this question: say why it changes.")
