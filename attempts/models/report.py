"""A report: a candidate says that a question is wrong, and an editor answers."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from attempts.models.answer import Answer
from attempts.owners import Owner


class ReportQuerySet(models.QuerySet["Report"]):
    def owned_by(self, owner: Owner) -> Self:
        """The reports on one owner's answers. They move along when a guest opens an account."""
        return self.filter(owner.condition("answer__attempt__"))

    def open(self) -> Self:
        return self.filter(status=Report.Status.OPEN.value)


class Report(models.Model):
    """A candidate says that a question is wrong; attempts/reports/writing.py writes it."""

    class Reason(models.TextChoices):
        WRONG = "wrong", "The model answer or a key point is wrong"
        UNCLEAR = "unclear", "It is unclear what is asked"
        OUTDATED = "outdated", "It is out of date"
        OTHER = "other", "Something else"

    class Status(models.TextChoices):
        OPEN = "open", "open"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    text = models.TextField(blank=True)
    reported_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN.value)
    reply = models.TextField("answer to the candidate", blank=True)
    handled_by = models.ForeignKey(
        "auth.User", models.SET_NULL, null=True, blank=True, related_name="handled_reports"
    )
    handled_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["reported_at", "id"]
        indexes = [
            # The order of the editors' list: what is open comes first.
            models.Index(
                F("handled_at").desc(nulls_first=True),
                "reported_at",
                "id",
                name="report_open_first",
            ),
            models.Index(name="report_newest", fields=["reported_at", "id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="report_one_open_per_answer", fields=["answer"], condition=Q(status="open")
            ),
            models.CheckConstraint(
                name="report_reason_known",
                condition=Q(reason__in=("wrong", "unclear", "outdated", "other")),
            ),
            models.CheckConstraint(
                name="report_handled_unless_open",
                condition=Q(status="open", handled_at__isnull=True, reply="")
                | Q(status__in=("accepted", "declined"), handled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk} on {self.answer.version}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN
