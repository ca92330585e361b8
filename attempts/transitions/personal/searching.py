"""Answers can be searched once their attempt has ended; an autosave has no time for it."""

from attempts.models import Answer, Attempt
from attempts.models.searching import searchable


def make_searchable(attempt: Attempt) -> None:
    """Store the words of all answers of a locked attempt as they are now; one statement."""
    Answer.objects.filter(attempt=attempt).update(search=searchable("text"))
