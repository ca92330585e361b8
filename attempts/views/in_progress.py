"""Telling somebody who starts something that they have an attempt running already."""

from django.contrib import messages
from django.http import HttpRequest

from attempts.models import Attempt


def say_what_runs(request: HttpRequest, attempt: Attempt) -> None:
    """On the page that comes next, which is the room of that attempt."""
    messages.warning(request, f"You have “{attempt.interview_title}” in progress: here it is.")
