"""Topics, and questions with their versions."""

import hashlib
import json
import uuid
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from questions.models.seeded import Seeded
from questions.models.slugs import Renamable, one_slug_each
from questions.rules.limits import MAX_DIFFICULTY, MAX_QUESTION_SLUG, MAX_SECONDS, MAX_TOPIC_NAME
from questions.rules.prompts import prompt_title
from questions.rules.texts import OPTIONAL_FIELDS, TEXT_FIELDS, VERSION_FIELDS

MAX_CHOICE = 200
"""Characters of a question's prompt where one chooses among questions."""

Texts = dict[str, Any]
"""What a version says, by name: texts, and lists of texts. OPTIONAL_FIELDS may be missing."""


class Difficulty(models.IntegerChoices):
    EASY = 1, "easy"
    MEDIUM = 2, "medium"
    HARD = 3, "hard"


class Status(models.TextChoices):
    DRAFT = "draft", "draft"
    PUBLISHED = "published", "published"
    RETIRED = "retired", "retired"


class ChangeKind(models.TextChoices):
    TYPO = "typo", "typo"
    MATERIAL = "material", "meaning changed"


def seconds_limits() -> list[BaseValidator]:
    return [MinValueValidator(1), MaxValueValidator(MAX_SECONDS)]


def content_hash(texts: Texts) -> str:
    """SHA-256 of what a version says, whatever the order of the dict."""
    first = [texts[field] for field in TEXT_FIELDS if field not in OPTIONAL_FIELDS]
    content: list[object] = [*first, list(texts["key_points"])]
    added = [texts.get(field) or () for field in OPTIONAL_FIELDS]
    if any(added):
        content += [one if isinstance(one, str) else list(one) for one in added]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


class Topic(Seeded, Renamable):
    """A field of knowledge. Results are summed up by topic."""

    slug = models.SlugField(db_index=False)
    name = models.CharField(max_length=MAX_TOPIC_NAME)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            one_slug_each("topic"),
            models.UniqueConstraint(
                name="topic_name_once", fields=["name"], deferrable=models.Deferrable.IMMEDIATE
            ),
        ]

    def __str__(self) -> str:
        return self.name


class QuestionQuerySet(models.QuerySet):
    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED.value)


class Question(Seeded, Renamable):
    """One open question. Its texts are in its versions; this row says where it belongs."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=MAX_QUESTION_SLUG, db_index=False)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="questions")
    difficulty = models.PositiveSmallIntegerField(
        choices=Difficulty.choices, default=Difficulty.MEDIUM.value
    )
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT.value)
    position = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(
        "suggested seconds",
        default=180,
        validators=seconds_limits(),
        help_text="Time a good answer takes.",
    )
    phrasings = models.JSONField(
        default=dict,
        blank=True,
        help_text="By key point, old ones too: how people say it, and what is not it.",
    )
    phrasings_hash = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Of the file's phrasings at the last seed.",
    )
    current_version = models.OneToOneField(
        "QuestionVersion", models.RESTRICT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            one_slug_each("question"),
            models.CheckConstraint(
                name="question_difficulty_known", condition=Q(difficulty__range=(1, MAX_DIFFICULTY))
            ),
            models.CheckConstraint(
                name="question_status_known",
                condition=Q(status__in=("draft", "published", "retired")),
            ),
            models.CheckConstraint(
                name="question_published_has_version",
                condition=~Q(status="published") | Q(current_version__isnull=False),
            ),
            models.CheckConstraint(
                name="question_seconds_range", condition=Q(seconds__range=(1, MAX_SECONDS))
            ),
        ]
        indexes = [
            # A draw looks for published questions by topic and difficulty.
            models.Index(
                name="question_drawable",
                fields=["topic", "difficulty"],
                condition=Q(status="published"),
            )
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def title(self) -> str:
        """What people know it by: the first line of its prompt, or its slug without a version."""
        return prompt_title(self.current_version.prompt) if self.current_version else self.slug

    @property
    def choice(self) -> str:
        """What one chooses it by: its whole prompt on one line, and its status if not published.

        Two questions may begin with the same line.
        """
        prompt = self.current_version.prompt if self.current_version else self.slug
        title = " ".join(prompt.split())
        short = title if len(title) <= MAX_CHOICE else f"{title[: MAX_CHOICE - 1].rstrip()}…"
        return short if self.status == Status.PUBLISHED else f"{short} ({self.status})"


class QuestionVersion(models.Model):
    """The texts of a question at one time. A trigger in the database refuses every change to them.

    Only the author may go: deleting an account leaves the version without one.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    prompt = models.TextField()
    answer = models.TextField(blank=True)
    how_to_answer = models.TextField(blank=True)
    example_answer = models.TextField(blank=True)
    short_example = models.TextField(blank=True, help_text="About 50 words: half a minute.")
    key_points = ArrayField(models.TextField(), default=list, blank=True)
    follow_ups = ArrayField(
        models.TextField(blank=True),
        default=list,
        blank=True,
        help_text="For each key point the question that leads to it; empty: none.",
    )
    common_mistakes = ArrayField(models.TextField(), default=list, blank=True)
    sources = ArrayField(models.TextField(), default=list, blank=True)
    change_kind = models.CharField(
        max_length=8, choices=ChangeKind.choices, default=ChangeKind.MATERIAL.value
    )
    change_note = models.TextField(blank=True)
    author = models.ForeignKey(
        "auth.User", models.SET_NULL, null=True, blank=True, related_name="question_versions"
    )
    content_hash = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["question_id", "-number"]
        constraints = [
            models.UniqueConstraint(name="version_number_once", fields=["question", "number"]),
            models.CheckConstraint(
                name="version_follow_ups_one_for_each_point",
                condition=Q(follow_ups=[]) | Q(follow_ups__len=F("key_points__len")),
            ),
            models.CheckConstraint(
                name="version_change_kind_known", condition=Q(change_kind__in=("typo", "material"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}, version {self.number}"

    def texts(self) -> Texts:
        return {field: getattr(self, field) for field in VERSION_FIELDS}
