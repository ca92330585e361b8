"""Two views of a question for its editor: as a candidate sees it, and what could be better."""

from csp.decorators import csp_replace
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST

from attempts.admin.form_checks import checked
from attempts.transitions.staff import preview_attempt
from attempts.views.room_page import room_page
from questions.formats import MAX_TEXT
from questions.models import MAX_SECONDS, Difficulty, Question, QuestionVersion, Topic
from questions.rules.numbers import small_number
from quizsite.clock import database_now

SENDS_NOTHING = {"form-action": ["'none'"], "connect-src": ["'none'"]}
"""Added to the content security policy: the buttons of the preview are only for show."""


class PreviewPages(admin.ModelAdmin):
    """Mixin for the admin class of questions. Neither page stores anything."""

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("as-candidate/", self.as_candidate_view, "as_candidate"),
            ("coverage/", self.coverage_view, "coverage"),
        ]
        return [
            path(route, self.admin_site.admin_view(view), name=f"questions_question_{name}")
            for route, view, name in pages
        ] + super().get_urls()

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    @method_decorator(csp_replace(SENDS_NOTHING))
    def as_candidate_view(self, request: HttpRequest) -> HttpResponse:
        """The room with a stored version (GET), or with the texts in the form (POST)."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        posted = request.method == "POST"
        version = version_in_form(request.POST) if posted else _stored_version(request.GET)
        now = database_now()
        attempt, answer = preview_attempt(version, now=now)
        context = {"room": room_page(attempt, [answer], now), "guest_pass": "", "version": version}
        return render(request, "admin/questions/question/as_candidate.html", context)

    @method_decorator(require_POST)
    def coverage_view(self, request: HttpRequest) -> HttpResponse:
        """What could be better about the question in the form; htmx gets this alone.

        Long texts are not scored, because that would take seconds. Results are cached.
        """
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        context = checked(request.POST)
        if request.headers.get("HX-Request"):
            return render(request, "admin/questions/question/_coverage.html", context)
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Check the question",
            "prompt": request.POST.get("prompt", ""),
        }
        return TemplateResponse(request, "admin/questions/question/checks.html", context)


def _stored_version(query: QueryDict) -> QuestionVersion:
    related = QuestionVersion.objects.select_related("question__topic")
    version = related.filter(pk=small_number(query.get("version"), default=0)).first()
    if version is None:
        raise Http404("no such version")
    return version


def version_in_form(form: QueryDict) -> QuestionVersion:
    """The texts of a question's form, valid or not, as a version that is never saved."""
    topic = Topic.objects.filter(pk=small_number(form.get("topic"), default=0)).first()
    difficulty = small_number(form.get("difficulty"), len(Difficulty))
    question = Question(
        topic=topic or Topic(name="No topic yet"),
        difficulty=difficulty or Difficulty.MEDIUM.value,
        seconds=small_number(form.get("seconds"), MAX_SECONDS) or 180,
    )
    return QuestionVersion(question=question, prompt=form.get("prompt", "")[:MAX_TEXT])
