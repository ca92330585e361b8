"""Delete one attempt, or all that somebody has here. Each page says what would go, and asks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from attempts import transitions
from attempts.models import Attempt, OwnInterview, Practice, QuestionNote
from attempts.owners import Owner, Removal, note_removed
from attempts.unsaved_text import forget_unsaved_of, forget_unsaved_text
from attempts.views.access import for_owner
from quizsite.page_scripts import HtmxRequest


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def delete_attempt(request: HtmxRequest, owner: Owner, pk: UUID) -> HttpResponse:
    """Ask first, then delete the attempt, whether it runs or has ended."""
    if request.method == "POST":
        transitions.delete(owner, pk)
        note_removed(request, Removal.DELETED, [pk])
        messages.success(request, "The attempt is deleted.")
        response = redirect("attempts:history")
        forget_unsaved_of(request, response, pk)
        return response
    attempt = Attempt.objects.owned_by(owner).with_counts().get(pk=pk)
    return render(request, "attempts/own_data/delete_attempt.html", {"attempt": attempt})


@require_http_methods(["GET", "HEAD", "POST"])
def delete_everything(request: HttpRequest) -> HttpResponse:
    """Ask first, then delete all that a user has; the account stays. A guest has another page."""
    if not request.user.is_authenticated:
        return redirect("attempts:forget")
    return _delete_everything(request, Owner(user_id=request.user.pk))


def _delete_everything(request: HttpRequest, owner: Owner) -> HttpResponse:
    if request.method == "POST":
        note_removed(request, Removal.DELETED, transitions.delete_all(owner))
        messages.success(request, "All your attempts are deleted, and what you kept beside them.")
        response = redirect("account_data")
        forget_unsaved_text(response)
        return response
    return render(request, "attempts/own_data/delete_all.html", counts_of(owner))


def counts_of(owner: Owner) -> dict[str, int]:
    """How many rows of each kind somebody has."""
    return {
        "attempts": Attempt.objects.owned_by(owner).count(),
        "practices": Practice.objects.owned_by(owner).count(),
        "notes": QuestionNote.objects.owned_by(owner).count(),
        "own_interviews": OwnInterview.objects.owned_by(owner).count(),
    }
