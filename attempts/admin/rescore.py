"""The action that suggests again for chosen attempts, in their list in the admin."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from attempts.admin.base import StaffPermission
from attempts.marking.rescoring import SuggestionChange, apply, suggestion_changes
from attempts.models import Answer, AttemptQuerySet
from questions.rules.numbers import counted

MAX_ATTEMPTS = 5
"""Chosen at a time, because the page waits for the engine: up to a second for each answer."""


class RescoreAction(StaffPermission):
    """Mixin for the admin class of attempts. The action lists the changes, then makes them."""

    @admin.action(description="Suggest again (lists the changes first)", permissions=["act"])
    def rescore(self, request: HttpRequest, queryset: AttemptQuerySet) -> HttpResponse | None:
        if settings.SCORER is not None:
            message = (
                "Answers are checked by a model on another server, which takes too long for a"
                " page. Use manage.py rescore; first with --dry-run."
            )
            self.message_user(request, message, messages.WARNING)
            return None
        chosen = list(queryset.finished()[: MAX_ATTEMPTS + 1])
        if len(chosen) > MAX_ATTEMPTS:
            message = (
                f"Choose at most {MAX_ATTEMPTS} finished attempts at a time, because each answer"
                " takes a moment. For more there is manage.py rescore; use --dry-run first."
            )
            self.message_user(request, message, messages.WARNING)
            return None
        written = Answer.objects.filter(attempt__in=chosen).written()
        answers = written.select_related("attempt__user", "version__question")
        changes = list(suggestion_changes(answers))
        if "confirmed" in request.POST:
            self._store(request, changes)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Suggest again",
            "opts": self.opts,
            "changes": changes,
            "chosen": chosen,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/attempts/attempt/rescore.html", context)

    def _store(self, request: HttpRequest, changes: Sequence[SuggestionChange]) -> None:
        changed = {change.answer.attempt for change in changes if apply(change)}
        for attempt in changed:
            self.log_change(request, attempt, "New suggestions stored.")
        have = "has" if len(changed) == 1 else "have"
        self.message_user(request, f"{counted(len(changed), 'attempt')} {have} new suggestions.")
