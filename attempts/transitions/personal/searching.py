"""Answers can be searched once their attempt has ended; an autosave has no time for it."""

from collections.abc import Iterable

from attempts.models import Answer, Attempt
from attempts.models.searching import searchable


def make_searchable(attempts: Iterable[Attempt]) -> None:
    """Store the words of all answers of locked attempts as they are now; one statement."""
    if rows := list(attempts):
        Answer.objects.filter(attempt__in=rows).update(search=searchable("text"))
