"""An answer: a question as it was asked, what was written, what it was worth."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from attempts.models.answers.querying import AnswerQuerySet
from attempts.models.attempt import WRITTEN, Attempt
from attempts.rules.follow_ups.names import name_of, question_number
from attempts.rules.lifecycle import QuestionClock
from attempts.rules.save_verdicts import Stored
from questions.models import QuestionVersion


class ClosedBy(models.TextChoices):
    SUBMITTED = "submitted", "submitted"
    SKIPPED = "skipped", "skipped"
    DEADLINE = "deadline", "time ran out"
    FINISH = "finish", "interview finished"


class Sureness(models.IntegerChoices):
    """How sure a candidate is of an answer, said before its score is shown."""

    NOT_SURE = 1, "Not sure"
    FAIRLY_SURE = 2, "Fairly sure"
    SURE = 3, "Sure"


class Answer(models.Model):
    """One question as it was asked in one attempt, and what the candidate wrote."""

    # Three keys without an index of their own: those below begin with them.
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers", db_index=False)
    position = models.PositiveSmallIntegerField(
        help_text="From 1, with gaps after each question for its follow-ups."
    )
    follows = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        related_name="follow_ups",
        db_index=False,
        help_text="A follow-up: the answer after which it was asked, to the same version.",
    )
    asked_point = models.PositiveSmallIntegerField(
        null=True, help_text="A follow-up: the index of the key point that it leads to."
    )
    offered_point = models.PositiveSmallIntegerField(
        null=True, help_text="In a practice: the key point to which a follow-up is on offer now."
    )
    version = models.ForeignKey(
        QuestionVersion,
        models.PROTECT,
        related_name="answers",
        db_index=False,
    )
    limit = models.DurationField(
        null=True, help_text="With per-question timing: its time, extensions included."
    )
    opened_at = models.DateTimeField(
        null=True, help_text="With one clock for all: when the current visit began."
    )
    shown_at = models.DateTimeField(
        null=True, help_text="With per-question timing: when a page first showed the question."
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=9, choices=ClosedBy.choices, blank=True)
    time_spent = models.DurationField(default=timedelta)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    writer = models.CharField(max_length=36, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    flagged = models.BooleanField(default=False)
    text_at_deadline = models.TextField(null=True)  # noqa: DJ001 - null: its bell has not rung
    suggested = ArrayField(models.BooleanField(), null=True)
    evidence = models.JSONField(null=True)
    engine = models.CharField(max_length=40, blank=True)
    not_english = models.BooleanField(
        default=False, help_text="The engine reads English only, so it suggested nothing."
    )
    confirmed = ArrayField(models.BooleanField(), null=True)
    # Which of the key points asked still count; null: all of them.
    counted = ArrayField(models.BooleanField(), null=True)
    regraded_at = models.DateTimeField(null=True)
    regrade_note = models.TextField(blank=True)
    share = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    sureness = models.PositiveSmallIntegerField(
        null=True, help_text="How sure its candidate was, said before the score: 1 to 3."
    )
    # What these three measure, and how closely: rules/pacing/writing_times.py.
    first_word_after = models.DurationField(
        null=True, help_text="How long the question was open before its first words were saved."
    )
    last_word_after = models.DurationField(
        null=True, help_text="How long it had been open when new text was last saved."
    )
    longest_pause = models.DurationField(
        null=True, help_text="The longest time open between two saves of new text."
    )
    search = SearchVectorField(null=True, help_text="Its words, written when the attempt ends.")

    objects = AnswerQuerySet.as_manager()
    sureness_choices = Sureness.choices

    class Meta:
        ordering = ["attempt_id", "position"]
        constraints = [
            models.UniqueConstraint(name="answer_position_once", fields=["attempt", "position"]),
            models.UniqueConstraint(
                name="answer_version_once",
                fields=["attempt", "version"],
                condition=Q(follows__isnull=True),
            ),
            models.UniqueConstraint(
                name="answer_point_asked_once", fields=["follows", "asked_point"]
            ),
            models.CheckConstraint(
                name="answer_follow_up_asks_a_point",
                condition=Q(follows__isnull=True, asked_point__isnull=True)
                | Q(follows__isnull=False, asked_point__isnull=False),
            ),
            # What a follow-up is worth is in the share of the question before it.
            models.CheckConstraint(
                name="answer_follow_up_has_no_share",
                condition=Q(follows__isnull=True) | Q(share__isnull=True),
            ),
            models.CheckConstraint(
                name="answer_offer_is_for_a_question",
                condition=Q(follows__isnull=True) | Q(offered_point__isnull=True),
            ),
            models.CheckConstraint(
                name="answer_share_range",
                condition=Q(share__isnull=True) | Q(share__range=(0, 1)),
            ),
            models.CheckConstraint(
                name="answer_sureness_range",
                condition=Q(sureness__isnull=True) | Q(sureness__range=(1, 3)),
            ),
            models.CheckConstraint(
                name="answer_some_point_counts",
                condition=Q(counted__isnull=True) | Q(counted__contains=[True]),
            ),
            models.CheckConstraint(
                name="answer_not_english_has_no_suggestion",
                condition=Q(not_english=False) | Q(suggested__isnull=True) & ~Q(engine=""),
            ),
            models.CheckConstraint(
                name="answer_closed_has_reason",
                condition=Q(closed_at__isnull=True, closed_by="")
                | (Q(closed_at__isnull=False) & ~Q(closed_by="")),
            ),
        ]
        indexes = [
            # The queue of the processes that make suggestions.
            models.Index(
                name="answer_awaits_suggestion",
                fields=["closed_at"],
                condition=Q(engine="", closed_at__isnull=False, text__regex=WRITTEN),
            ),
            GinIndex(name="answer_search", fields=["search"]),
            # Follow-ups apart: who was asked a question is asked them in the same attempt.
            models.Index(name="answer_newest_of_version", fields=["version", "follows", "-id"]),
            # How often sure was right: read of one person's answers, without their rows.
            models.Index(
                name="answer_sureness",
                fields=["attempt"],
                include=["sureness", "share"],
                condition=Q(sureness__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt}, {self.name}"

    @property
    def name(self) -> str:
        """Such as "question 2", or "follow-up to question 2"."""
        return name_of(self.position, self.attempt.follow_ups)

    @property
    def is_follow_up(self) -> bool:
        return self.follows_id is not None

    @property
    def number(self) -> int:
        """Which question of the attempt it is, from 1. A follow-up has that of its question."""
        return question_number(self.position, self.attempt.follow_ups)

    @property
    def asked(self) -> str:
        """The text of the question, or of the follow-up."""
        point = self.asked_point
        return self.version.prompt if point is None else self.version.follow_ups[point]

    @property
    def is_answered(self) -> bool:
        return bool(self.text.strip())

    @property
    def ticks(self) -> list[bool] | None:
        """For each key point whether this text makes it: as the candidate ticked, else as found.

        AskedQuestion puts it together with what the answers to follow-ups make.
        """
        return self.suggested if self.confirmed is None else self.confirmed

    @property
    def may_say_sureness(self) -> bool:
        """Whether its candidate may say now how sure they are: not once it was scored, and not of
        a follow-up, which has no share to compare with.
        """
        is_open = self.clock().is_open or not self.attempt.forward_only
        return self.attempt.is_running and is_open and self.share is None and not self.is_follow_up

    @property
    def has_open_report(self) -> bool:
        return any(report.is_open for report in self.reports.all())

    def clock(self) -> QuestionClock:
        return QuestionClock(
            limit=self.limit,
            opened_at=self.opened_at,
            closed_at=self.closed_at,
            shown_at=self.shown_at,
            spent=self.time_spent if self.opened_at is None else timedelta(),
        )

    def open_for(self, now: datetime) -> timedelta:
        """How long the question has been open up to `now`, in all its visits together."""
        if self.opened_at is None or self.closed_at is not None:
            return self.time_spent
        return self.time_spent + max(now - self.opened_at, timedelta())

    @property
    def bell_at(self) -> datetime | None:
        """When time is or was up: by its own clock, or by the one clock for all. None: never."""
        if not self.attempt.forward_only:
            return self.attempt.deadline_at
        return self.clock().ends_after(1)

    def stored(self) -> Stored:
        return Stored(self.text, self.revision, self.writer, self.sequence)


def answer_at(answers: Iterable[Answer], position: int) -> Answer:
    """The answer at a position. Raises Answer.DoesNotExist if the attempt has no such position."""
    for answer in answers:
        if answer.position == position:
            return answer
    raise Answer.DoesNotExist(f"no question {position}")


def last_opened(answers: Sequence[Answer]) -> Answer:
    """The answer that was opened last, or the first one if none was opened.

    answers: all of one attempt, in order.
    """
    opened = [(answer.opened_at, answer) for answer in answers if answer.opened_at is not None]
    if not opened:
        return answers[0]
    return max(opened, key=lambda pair: pair[0])[1]
