"""Suggesting the points of chosen attempts anew, from their list in the admin."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.template.response import TemplateResponse

from attempts.marking import rescoring
from attempts.models import Answer

MOST = 5
"""Attempts at a time: the engine takes up to a second for each answer, and a page waits."""


class Rescoring:
    """For the admin class of attempts: lists what would move, and moves it when told to."""

    def has_act_permission(self, request):
        return self.may_act(request)

    @admin.action(description="Suggest points anew (lists first)", permissions=["act"])
    def rescore(self, request, queryset):
        chosen = list(queryset.finished()[: MOST + 1])
        if len(chosen) > MOST:
            said = (
                f"Choose at most {MOST} finished attempts at a time: each answer takes a moment."
                " For more there is the command manage.py rescore, with --dry-run first."
            )
            return self.message_user(request, said, messages.WARNING)
        answers = Answer.objects.filter(attempt__in=chosen).written()
        moves = list(rescoring.moves(answers.select_related("attempt__user", "version")))
        if "confirmed" in request.POST:
            return self._move(request, moves)
        context = {
            **self.admin_site.each_context(request),
            "title": "Suggest points anew",
            "opts": self.opts,
            "moves": moves,
            "chosen": chosen,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/attempts/attempt/rescore.html", context)

    def _move(self, request, moves):
        moved = {move.answer.attempt for move in moves if rescoring.apply(move)}
        if moved:
            said = "Points suggested anew."
            LogEntry.objects.log_actions(request.user.pk, moved, CHANGE, said)
        self.message_user(request, f"{len(moved)} attempt(s) have new suggestions.")
