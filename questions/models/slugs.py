"""Slugs: one for each row of a model, and those that a row had before."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Renamable(models.Model):
    """Content that keeps the slugs it has had, so that an older file still finds it.

    A trigger in the database writes them, whoever changes the slug. No two rows of a model have
    one slug; within an import that holds at its end, so that rows may swap slugs.
    """

    former_slugs = ArrayField(models.TextField(), default=list, blank=True, editable=False)

    class Meta:
        abstract = True


def one_slug_each(model: str) -> models.UniqueConstraint:
    """The constraint of a Renamable, which is checked at the end of each statement."""
    return models.UniqueConstraint(
        name=f"{model}_slug_once", fields=["slug"], deferrable=models.Deferrable.IMMEDIATE
    )
