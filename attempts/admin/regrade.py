"""The page that applies a corrected question's key points to old answers."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from attempts.admin.base import StaffPermission, name_of_owner
from attempts.admin.staff_action_form import why_field
from attempts.marking.regrade import AnswerChange, RegradePlan, plan_regrade
from attempts.rules.lifecycle import IllegalTransition
from attempts.transitions import staff
from questions.models import Question
from questions.rules.numbers import counted
from quizsite.clock import database_now


class RegradeForm(forms.Form):
    """seen: the fingerprint of the plan that the page showed."""

    why = why_field("Recorded in the log. The candidates can read it.")
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class RegradePage(StaffPermission):
    """Mixin for the admin class of attempts. The page of a question links to this one."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.regrade_view)
        page = path("regrade/<int:pk>/", view, name="attempts_attempt_regrade")
        return [page, *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def regrade_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Which answers a question's current key points would regrade; the button regrades them."""
        if not self.has_act_permission(request):
            raise PermissionDenied
        question = get_object_or_404(Question.objects.select_related("current_version"), pk=pk)
        version = question.current_version
        if version is None:
            raise Http404("no version yet")
        plan = plan_regrade(version)
        form = RegradeForm(request.POST or None, initial={"seen": plan.fingerprint})
        if form.is_valid():
            self._regrade_if_seen(request, question, plan, form)
            return redirect("admin:attempts_attempt_regrade", pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Regrade by version {version.number}",
            "question": question,
            "plan": plan,
            "rows": [(change, name_of_owner(change.attempt)) for change in plan.changes],
            "form": form,
        }
        return TemplateResponse(request, "admin/attempts/attempt/regrade.html", context)

    def _regrade_if_seen(
        self, request: HttpRequest, question: Question, plan: RegradePlan, form: RegradeForm
    ) -> None:
        """Regrade only what the page showed: answers may have been marked since."""
        if form.cleaned_data["seen"] == plan.fingerprint:
            self._regrade_all(request, question, plan, form.cleaned_data["why"])
        else:
            message = (
                "Nothing was regraded, because answers or key points have changed since this page"
                " was shown. Check the new list below."
            )
            self.message_user(request, message, messages.WARNING)

    def _regrade_all(
        self, request: HttpRequest, question: Question, plan: RegradePlan, why: str
    ) -> None:
        """Regrade each in its own transaction; an answer marked meanwhile stays as it is."""
        now, done = database_now(), []
        for change in plan.changes:
            try:
                self._regrade_one(request, change, plan, why, now)
            except IllegalTransition:
                continue
            done.append(change)
        scores = sum(change.changes_score for change in done)
        message = f"{counted(len(done), 'answer')} regraded, {counted(scores, 'score')} changed"
        logged = f"{message} by version {plan.version.number}. Why: {why}"
        self.log_change(request, question, logged)
        self.message_user(request, f"{message}.")

    @transaction.atomic
    def _regrade_one(
        self,
        request: HttpRequest,
        change: AnswerChange,
        plan: RegradePlan,
        why: str,
        now: datetime,
    ) -> None:
        """Raises IllegalTransition if the answer no longer has, or would not get, the share that it
        has in the plan. Both are known only while the attempt is locked.
        """
        answer, before = change.answer, change.attempt.score
        attempt = staff.regrade(
            change.attempt.pk,
            answer.position,
            change.counted,
            instead_of=change.share_before,
            why=why,
            now=now,
        )
        if attempt.answers.get(position=answer.position).share != change.share:
            raise IllegalTransition("its ticks have changed meanwhile")
        message = (
            f"Question {answer.number} regraded by version {plan.version.number} of"
            f" {plan.version.question}: score {before} to {attempt.score}. Why: {why}"
        )
        self.log_change(request, attempt, message)
