"""What staff may do to one attempt in the admin, each with a reason and an entry in the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from attempts.admin.base import StaffPermission, name_of_owner
from attempts.admin.staff_action_form import MinutesForm, WhyForm
from attempts.models import FINISHED, Attempt
from attempts.rules.lifecycle import IllegalTransition, State
from attempts.transitions import staff
from quizsite.clock import database_now


class Act(Protocol):
    """Carries out an action. minutes: 0 if its form has none. Raises IllegalTransition."""

    def __call__(self, attempt_id: UUID, minutes: int, *, why: str, now: datetime) -> Attempt: ...


def _add_minutes(attempt_id: UUID, minutes: int, *, why: str, now: datetime) -> Attempt:
    return staff.add_minutes(attempt_id, timedelta(minutes=minutes), why=why, now=now)


def _reopen(attempt_id: UUID, minutes: int, *, why: str, now: datetime) -> Attempt:
    return staff.reopen(attempt_id, timedelta(minutes=minutes), why=why, now=now)


def _discard(attempt_id: UUID, minutes: int, *, why: str, now: datetime) -> Attempt:
    return staff.discard(attempt_id, now=now)


@dataclass(frozen=True)
class StaffAction:
    """One action on an attempt. states: those in which it is possible."""

    label: str
    explanation: str
    form: type[WhyForm]
    states: Sequence[str]
    act: Act

    def done_message(self, minutes: int) -> str:
        return f"{self.label}: {minutes} min." if minutes else f"{self.label}."


ACTIONS = {
    "add_minutes": StaffAction(
        "Add minutes",
        "The candidate gets this much more time: for the whole interview, or with per-question"
        " timing for the open question. The candidate's page shows it within half a minute.",
        MinutesForm,
        (State.RUNNING.value,),
        _add_minutes,
    ),
    "reopen": StaffAction(
        "Open again",
        "The attempt runs again for this many minutes from now, at the question that was open last."
        " When time runs out, it is submitted and its score is computed again.",
        MinutesForm,
        FINISHED,
        _reopen,
    ),
    "discard": StaffAction(
        "Discard",
        "The attempt ends without a score. The candidate can still read it. This cannot be undone.",
        WhyForm,
        (State.RUNNING.value,),
        _discard,
    ),
}


class StaffActionPages(StaffPermission):
    """Mixin for the admin class of attempts: a page for each of ACTIONS, and a link to it."""

    def get_urls(self) -> list[URLPattern]:
        pages = [
            path(
                f"<uuid:pk>/{name.replace('_', '-')}/",
                self.admin_site.admin_view(self.action_view),
                {"name": name},
                name=f"attempts_attempt_{name}",
            )
            for name in ACTIONS
        ]
        return pages + super().get_urls()

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, object],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Attempt | None = None,
    ) -> HttpResponse:
        if obj and self.has_act_permission(request):
            context["staff_actions"] = [
                (f"admin:attempts_attempt_{name}", action.label)
                for name, action in ACTIONS.items()
                if obj.state in action.states
            ]
        return super().render_change_form(request, context, add, change, form_url, obj)

    @method_decorator([require_http_methods(["GET", "HEAD", "POST"]), transaction.atomic])
    def action_view(self, request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
        """Explains the action and asks why; then does it.

        The attempt is locked before its log is read, so that whoever had to wait for somebody
        else's action is told of it.
        """
        if not self.has_act_permission(request):
            raise PermissionDenied
        action = ACTIONS[name]
        if request.method == "POST":
            staff.hold(pk)
        attempt = get_object_or_404(Attempt.objects.select_related("user"), pk=pk)
        form = action.form(request.POST or None, _last_entry(attempt))
        if form.is_valid():
            self._act(request, attempt, action, form)
            return redirect("admin:attempts_attempt_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": action.label,
            "attempt": attempt,
            "owner": name_of_owner(attempt),
            "action": action,
            "form": form,
        }
        return TemplateResponse(request, "admin/attempts/attempt/act.html", context)

    def _act(
        self, request: HttpRequest, attempt: Attempt, action: StaffAction, form: WhyForm
    ) -> None:
        why, minutes = form.cleaned_data["why"], form.cleaned_data.get("minutes", 0)
        message = action.done_message(minutes)
        try:
            with transaction.atomic():
                action.act(attempt.pk, minutes, why=why, now=database_now())
                self.log_change(request, attempt, f"{message} Why: {why}")
        except IllegalTransition as refusal:
            refused = f"{action.label} is not possible: {refusal}."
            self.message_user(request, refused, messages.ERROR)
        else:
            self.message_user(request, message)


def _last_entry(attempt: Attempt) -> LogEntry | None:
    """The newest entry of the log about an attempt."""
    log = LogEntry.objects.filter(object_id=str(attempt.pk), content_type__model="attempt")
    return log.select_related("user").order_by("-pk").first()
