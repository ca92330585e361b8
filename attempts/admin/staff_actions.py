"""What staff may do to attempts in the admin, each with a reason and an entry in the log."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

from attempts.marking.regrade import plan
from attempts.models import FINISHED, Attempt
from attempts.rules.lifecycle import IllegalTransition
from attempts.transitions import staff
from questions.models import Question
from quizsite.clock import database_now

RIGHT = "attempts.change_attempt"


def name_of_owner(attempt: Attempt) -> str:
    if attempt.user is None:
        return f"guest {attempt.guest_key[:6]}…"
    return attempt.user.email or attempt.user.username


class WhyForm(forms.Form):
    why = forms.CharField(
        max_length=500,
        label="Why",
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text="Stands in the log.",
    )


class MinutesForm(WhyForm):
    minutes = forms.IntegerField(min_value=1, max_value=24 * 60, label="Minutes")
    field_order = ["minutes", "why"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["why"].help_text = "Stands in the log, and the candidate reads it."


class RegradeForm(WhyForm):
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["why"].help_text = "Stands in the log, and the candidates read it."


@dataclass(frozen=True)
class StaffAction:
    """One thing to do to an attempt. states: in which it makes sense."""

    label: str
    explanation: str
    form: type[forms.Form]
    states: tuple[str, ...]
    act: Any

    def done(self, minutes) -> str:
        return f"{self.label}: {minutes} min." if minutes else f"{self.label}."


ACTIONS = {
    "add-minutes": StaffAction(
        "Add minutes",
        "The attempt runs on for so much longer: the whole, or, with a clock for each question,"
        " the one that lies open. The candidate's page learns it within half a minute.",
        MinutesForm,
        ("running",),
        staff.add_minutes,
    ),
    "reopen": StaffAction(
        "Open again",
        "The attempt runs again for so many minutes from now, at the question that lay open last."
        " At the bell it is handed in. Its score is worked out anew then.",
        MinutesForm,
        FINISHED,
        staff.reopen,
    ),
    "discard": StaffAction(
        "Discard",
        "The attempt ends and is not scored. The candidate can still read it. This can't be"
        " taken back.",
        WhyForm,
        ("running",),
        staff.discard,
    ),
}


class StaffPages:
    """For the admin class of attempts. Every page needs the right to view and to change them."""

    def get_urls(self):
        pages = [
            path(
                f"<uuid:pk>/{name}/",
                self.admin_site.admin_view(self.act_view),
                {"name": name},
                name=f"attempts_attempt_{name.replace('-', '_')}",
            )
            for name in ACTIONS
        ]
        regrade = self.admin_site.admin_view(self.regrade_view)
        pages += [path("regrade/<int:pk>/", regrade, name="attempts_attempt_regrade")]
        return pages + super().get_urls()

    def may_act(self, request) -> bool:
        return self.has_view_permission(request) and request.user.has_perm(RIGHT)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and self.may_act(request):
            context["staff_actions"] = [
                (f"admin:attempts_attempt_{name.replace('-', '_')}", action.label)
                for name, action in ACTIONS.items()
                if obj.state in action.states
            ]
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def act_view(self, request, pk, name):
        return require_http_methods(["GET", "POST"])(self._act)(request, pk, ACTIONS[name])

    def _act(self, request, pk, action):
        if not self.may_act(request):
            raise PermissionDenied
        attempt = get_object_or_404(Attempt.objects.select_related("user"), pk=pk)
        form = action.form(request.POST or None)
        if form.is_valid():
            try:
                self._do(request, attempt, action, form.cleaned_data)
            except IllegalTransition as refusal:
                said = f"{action.label} is not possible: {refusal}."
                self.message_user(request, said, messages.ERROR)
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

    @transaction.atomic
    def _do(self, request, attempt, action, data):
        now, why, minutes = database_now(), data["why"], data.get("minutes")
        if minutes:
            action.act(attempt.pk, timedelta(minutes=minutes), why=why, now=now)
        else:
            action.act(attempt.pk, now=now)
        said = action.done(minutes)
        self.log_change(request, attempt, f"{said} Why: {why}")
        self.message_user(request, said)

    def regrade_view(self, request, pk):
        return require_http_methods(["GET", "POST"])(self._regrade)(request, pk)

    def _regrade(self, request, pk):
        """Which answers a question's current key points would regrade; a click does it."""
        if not self.may_act(request):
            raise PermissionDenied
        question = get_object_or_404(Question.objects.select_related("current_version"), pk=pk)
        if question.current_version is None:
            raise Http404("no version yet")
        found = plan(question)
        form = RegradeForm(request.POST or None, initial={"seen": found.fingerprint})
        if form.is_valid():
            if form.cleaned_data["seen"] == found.fingerprint:
                self._regrade_all(request, question, found, form.cleaned_data["why"])
            else:
                said = "Something changed meanwhile, and nothing was regraded: look again."
                self.message_user(request, said, messages.WARNING)
            return redirect("admin:attempts_attempt_regrade", pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Regrade by version {question.current_version.number}",
            "question": question,
            "plan": found,
            "rows": [(change, name_of_owner(change.attempt)) for change in found.changes],
            "form": form,
        }
        return TemplateResponse(request, "admin/attempts/attempt/regrade.html", context)

    def _regrade_all(self, request, question, found, why):
        """Each attempt by itself; one that was marked anew meanwhile stays as it is."""
        version, now, done = question.current_version, database_now(), []
        for change in found.changes:
            try:
                self._regrade_one(request, change, version, why, now)
            except IllegalTransition:
                continue
            done.append(change)
        said = f"{len(done)} answer(s) regraded, {sum(c.moves for c in done)} score(s) moved"
        logged = f"{said} by version {version.number}. Why: {why}"
        LogEntry.objects.log_actions(
            request.user.pk, [question], CHANGE, logged, single_object=True
        )
        self.message_user(request, f"{said}.")

    @transaction.atomic
    def _regrade_one(self, request, change, version, why, now):
        answer, before = change.answer, change.attempt.score
        attempt = staff.regrade(
            change.attempt.pk,
            answer.position,
            change.counted,
            instead_of=answer.share,
            why=why,
            now=now,
        )
        said = (
            f"Question {answer.position} regraded by version {version.number} of"
            f" {version.question}: score {before} to {attempt.score}. Why: {why}"
        )
        self.log_change(request, attempt, said)
