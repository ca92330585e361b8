"""What rows that belong to a user or to a guest have in common."""

from typing import Self

from django.db import models
from django.db.models import Q

from attempts.owners import Owner


class OwnedQuerySet(models.QuerySet):
    def owned_by(self, owner: Owner | None) -> Self:
        """The rows of one owner. None for no owner."""
        return self.filter(owner.condition()) if owner else self.none()


class Owned(models.Model):
    """A row of a user or of a guest, who is known by a key in the session.

    Each model has `objects` from an OwnedQuerySet.
    """

    user = models.ForeignKey("auth.User", models.CASCADE, null=True, blank=True, related_name="+")
    guest_key = models.CharField(max_length=43, blank=True)

    class Meta:
        abstract = True

    @property
    def owner(self) -> Owner:
        return Owner(user_id=self.user_id, guest_key=self.guest_key)


def one_owner(model: str) -> models.CheckConstraint:
    """The constraint of an Owned: a user or a guest, and not both."""
    return models.CheckConstraint(
        name=f"{model}_one_owner",
        condition=Q(user__isnull=False, guest_key="") | (Q(user__isnull=True) & ~Q(guest_key="")),
    )


def index_of_guests(model: str, *fields: str) -> models.Index:
    """Finds the rows of a guest; most rows have none."""
    return models.Index(
        name=f"{model}_guest", fields=["guest_key", *fields], condition=~Q(guest_key="")
    )
