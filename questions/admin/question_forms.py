"""The admin's form of a question. It checks and converts; it does not save."""

from django import forms
from django.core.exceptions import ValidationError

from questions.admin.concurrent_edits import SharedForm
from questions.admin.widgets import BankText, ExampleTextarea
from questions.bank.publishing import PublishedQuestions
from questions.bank.slugs import free_slug
from questions.models import TEXT_FIELDS, ChangeKind, Question, Status, content_hash

KINDS = [("", "Say which…"), *ChangeKind.choices]
ASKS_THE_SAME = "Another published question asks the same:"
SETTINGS = ("topic", "difficulty", "status", "seconds", "position", "slug")


class QuestionForm(SharedForm):
    """A question and what its current version says."""

    prompt = BankText(
        rows=3, previewed=True, help_text="The question as asked. Markdown, as in all these texts."
    )
    answer = BankText(rows=10, previewed=True, required=False, help_text="What is true.")
    how_to_answer = BankText(
        rows=6, previewed=True, required=False, help_text="Advice to the candidate."
    )
    example_answer = BankText(
        rows=10,
        widget=ExampleTextarea(rows=10),
        required=False,
        help_text="As a strong candidate says it.",
    )
    key_points = BankText(
        rows=6,
        previewed=True,
        required=False,
        help_text="One a line. Each is one idea of a good answer; answers are scored against them.",
    )
    change_kind = forms.ChoiceField(
        choices=KINDS,
        required=False,
        label="What changed",
        help_text="Of changed texts; the other fields make no new version. Needed, like the why,"
        " when somebody was asked this question already.",
    )
    change_note = BankText(rows=2, required=False, label="Why")
    bookkeeping = ("change_kind", "change_note", "started_from")

    class Meta:
        model = Question
        fields = SETTINGS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = self.instance.current_version
        if self.version:
            self.initial |= _as_typed(self.version)
        self.start_or_merge()
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

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("status") == Status.PUBLISHED:
            self._check_that_it_may_be_published(cleaned)
        if not cleaned.get("slug") and cleaned.get("prompt") and "slug" not in self.errors:
            cleaned["slug"] = free_slug(cleaned["prompt"], Question.objects.all())
        if not self.errors and self._needs_note():
            require_kind_and_note(self)
        return cleaned

    def _check_that_it_may_be_published(self, cleaned: dict) -> None:
        prompt, points = cleaned.get("prompt", ""), cleaned.get("key_points", [])
        obstacles = PublishedQuestions().obstacles(self.instance.pk, prompt, points)
        if obstacles.no_key_points and "key_points" in cleaned:
            self.add_error("key_points", "To be published, a question needs a key point or more.")
        if obstacles.duplicate and "prompt" in cleaned:
            self.add_error("prompt", f"{ASKS_THE_SAME} {obstacles.duplicate}")

    def texts(self) -> dict:
        """The four texts and the key points, by name, as questions.bank.save_texts takes them."""
        return {name: self.cleaned_data[name] for name in (*TEXT_FIELDS, "key_points")}

    @property
    def changes_texts(self) -> bool:
        return self.version is None or self.version.content_hash != content_hash(self.texts())

    def _needs_note(self) -> bool:
        return self.version is not None and self.changes_texts and was_asked(self.instance)

    # --- two editors ----------------------------------------------------------------------------

    def state(self) -> dict:
        """The number of the version stands for its texts, which never change."""
        settings = {n: v for n, v in self.saved_values().items() if n in SETTINGS}
        return {"version": self.version.number if self.version else 0, **settings}

    def values_of(self, state: dict) -> dict:
        number = state.get("version")
        known = self.instance.versions.filter(number=number) if type(number) is int else None
        version = known.first() if known and number < 2**31 else None
        return {**state, **_as_typed(version)} if version else state

    def who_saved(self) -> str:
        if self.version and self.base.get("version") != self.version.number:
            return f"{self.version.author or 'Somebody'} saved version {self.version.number}"
        return super().who_saved()


def _as_typed(version) -> dict:
    """The texts of a version as they stand in the form, the key points one a line."""
    texts = version.texts()
    return {**texts, "key_points": "\n".join(texts["key_points"])}


class RestoreForm(forms.Form):
    """Why an old version is to be what the question says, and what was shown beside it."""

    current = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    change_kind = forms.ChoiceField(choices=KINDS, label="What changes", required=False)
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
        if self.question.status == Status.PUBLISHED:
            self._check_that_it_may_be_published()
        if was_asked(self.question):
            require_kind_and_note(self)
        return cleaned

    def _check_that_it_may_be_published(self) -> None:
        obstacles = PublishedQuestions().obstacles(
            self.question.pk, self.old.prompt, self.old.key_points
        )
        if obstacles.no_key_points:
            raise ValidationError("That version has no key points, and the question is published.")
        if obstacles.duplicate:
            raise ValidationError(f"{ASKS_THE_SAME} {obstacles.duplicate}")


def require_kind_and_note(form: forms.Form) -> None:
    """People will read both beside their answers, so somebody has to have said them."""
    if not form.cleaned_data.get("change_kind"):
        said = "Somebody was asked this question: say whether its meaning changes."
        form.add_error("change_kind", said)
    if not form.cleaned_data.get("change_note"):
        form.add_error("change_note", "Somebody was asked this question: say why it changes.")


def was_asked(question: Question) -> bool:
    """Whether anybody was asked any version of the question."""
    return question.versions.filter(answers__isnull=False).exists()
