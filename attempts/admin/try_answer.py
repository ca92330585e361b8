"""A box in a question's page to try an answer: what the scorer finds in it, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from attempts import scoring
from attempts.admin.form_checks import (
    MAX_CHARACTERS,
    MAX_POINTS,
    MAX_STATEMENT_CHARACTERS,
    is_too_long,
)
from attempts.rules.findings import finding
from attempts.rules.numbers import percent
from attempts.scoring_process import beside
from questions.admin.phrasing_rows import phrasings_in_form
from questions.models import Question
from questions.rules.numbers import small_number
from questions.rules.phrasings import Phrasing, for_points
from questions.rules.texts import key_points_of


@dataclass(frozen=True)
class Rubric:
    """What an answer is tried against: the texts of a question, and phrasings for each point."""

    prompt: str
    points: Sequence[str]
    model_answer: str
    phrasings: Sequence[Phrasing]

    def is_too_long_with(self, answer: str) -> bool:
        texts = [self.prompt, self.model_answer, answer]
        return is_too_long(texts, self.points, self.phrasings)


@dataclass(frozen=True)
class TriedPoint:
    """What the scorer says of one key point. evidence: the words of the answer that it goes by."""

    text: str
    state: str
    sure: str
    evidence: str | None
    opposite: str | None


class TryPage(admin.ModelAdmin):
    """Mixin for the admin class of questions. The page stores nothing."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.try_view)
        return [path("try/", view, name="questions_question_try"), *super().get_urls()]

    @method_decorator(require_POST)
    def try_view(self, request: HttpRequest) -> HttpResponse:
        """Try an answer on the form as it is now; on the saved question for those who only view.

        htmx gets the result alone.
        """
        answer = request.POST.get("try_answer", "")
        rubric = self._rubric(request)
        context = {
            "answer": answer,
            "has_points": bool(rubric.points),
            "limits": (MAX_CHARACTERS, MAX_POINTS, MAX_STATEMENT_CHARACTERS),
        }
        if rubric.is_too_long_with(answer):
            context["too_long"] = True
        elif answer.strip() and rubric.points:
            context |= tried(rubric, answer)
        if request.headers.get("HX-Request"):
            return TemplateResponse(request, "admin/questions/question/_tried.html", context)
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Try an answer",
            "prompt": rubric.prompt,
        }
        return TemplateResponse(request, "admin/questions/question/try.html", context)

    def _rubric(self, request: HttpRequest) -> Rubric:
        may_change = self.has_change_permission(request) or self.has_add_permission(request)
        if may_change and "key_points" in request.POST:
            form = request.POST
            points = key_points_of(form["key_points"])
            model = form.get("example_answer", "").strip() or form.get("answer", "")
            phrasings = phrasings_in_form(form, points)
            return Rubric(form.get("prompt", ""), points, model, phrasings)
        if not self.has_view_permission(request):
            raise PermissionDenied
        pk = small_number(request.POST.get("question"), default=0)
        with_version = Question.objects.filter(current_version__isnull=False)
        question = get_object_or_404(with_version.select_related("current_version"), pk=pk)
        return saved_rubric(question)


def saved_rubric(question: Question) -> Rubric:
    """A question as it is saved. It must have a version."""
    version = question.current_version
    if version is None:
        raise ValueError("a question without a version has no key points")
    points = version.key_points
    return Rubric(
        version.prompt,
        points,
        version.example_answer or version.answer,
        for_points(question.phrasings, points),
    )


def tried(rubric: Rubric, answer: str) -> dict[str, object]:
    """What the scorer finds in an answer, for the template. That takes a second or two."""
    result = beside.score(
        rubric.prompt, rubric.points, rubric.model_answer, answer, phrasings=rubric.phrasings
    )
    points = [
        TriedPoint(
            text=text,
            state=finding(point["covered"], point["evidence"], point["opposite"]),
            sure=percent(point["confidence"]),
            evidence=point["evidence"],
            opposite=point["opposite"],
        )
        for text, point in zip(rubric.points, result["points"], strict=True)
    ]
    return {
        "points": points,
        "low": percent(result["low"]),
        "high": percent(result["high"]),
        "is_english": scoring.is_english(answer),
    }
