"""Two previews of a question for its editor: as a candidate sees it, and its coverage."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from csp.decorators import csp_replace
from django.contrib import admin
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from attempts import scoring
from attempts.transitions.staff import preview_attempt
from attempts.views.room_page import room_page
from questions.admin.phrasing_rows import phrasings_in_form
from questions.formats import MAX_TEXT
from questions.models import MAX_SECONDS, Difficulty, Question, QuestionVersion, Topic
from questions.rules.numbers import small_number
from questions.rules.phrasings import Phrasing
from questions.rules.texts import key_points_of
from quizsite.clock import database_now

COVERAGE_CACHED_SECONDS = 30 * 24 * 60 * 60
MAX_CHARACTERS = 10_000
"""The limit for all texts together, so that the coverage takes a second at most."""
MAX_POINTS = 30
MAX_STATEMENT_CHARACTERS = 20_000
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

    @method_decorator(never_cache)
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
        """Which key points of the form the scorer does not find in the form's example answer.

        Long texts are not checked, because that would take seconds. Results are cached.
        """
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        prompt, answer, example = (
            request.POST.get(name, "") for name in ("prompt", "answer", "example_answer")
        )
        points = key_points_of(request.POST.get("key_points", "")) if example.strip() else []
        phrasings = phrasings_in_form(request.POST, points)
        too_long = is_too_long([prompt, answer, example], points, phrasings)
        missing = [] if too_long else _missing_points(prompt, answer, example, points, phrasings)
        context = {
            "points": points,
            "longest": MAX_CHARACTERS,
            "most_points": MAX_POINTS,
            "too_long": too_long,
            "missing": missing,
        }
        return render(request, "admin/questions/question/_coverage.html", context)


def is_too_long(texts: Sequence[str], points: Sequence[str], phrasings: Sequence[Phrasing]) -> bool:
    """Whether the scorer would take too long with these texts, points and phrasings."""
    statements = "".join(s for p in phrasings for s in (*p["accept"], *p["reject"]))
    return (
        len("".join([*texts, *points])) > MAX_CHARACTERS
        or len(points) > MAX_POINTS
        or len(statements) > MAX_STATEMENT_CHARACTERS
    )


@dataclass(frozen=True)
class MissingPoint:
    """What the example answer does not make. opposite: the statement that it makes instead."""

    text: str
    opposite: str | None


def _missing_points(
    prompt: str,
    answer: str,
    example: str,
    points: Sequence[str],
    phrasings: Sequence[Phrasing],
) -> list[MissingPoint]:
    if not points:
        return []
    texts = repr((prompt, answer, example, list(points), list(phrasings)))
    key = f"missing:{scoring.engine_name()}:{hashlib.sha256(texts.encode()).hexdigest()}"
    missing = cache.get(key)
    if missing is None:
        result = scoring.score(prompt, points, answer, example, phrasings=phrasings)
        found = zip(points, result["points"], strict=True)
        missing = [(text, point["opposite"]) for text, point in found if not point["covered"]]
        cache.set(key, missing, COVERAGE_CACHED_SECONDS)
    return [MissingPoint(text, opposite) for text, opposite in missing]


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
