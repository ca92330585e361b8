"""Questions in the admin, with what attempts know: how one looks in the room, how it did."""

import hashlib

from csp.decorators import csp_replace
from django.contrib import admin
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from attempts import scoring
from attempts.models import QuestionStatistics, Report
from attempts.transitions.staff import preview_attempt
from attempts.views.room_page import room_page
from questions.admin.question import QuestionAdmin
from questions.formats import MAX_TEXT
from questions.models import MAX_SECONDS, Difficulty, Question, QuestionVersion, Topic
from quizsite.clock import database_now


@admin.register(Question)
class AskedQuestionAdmin(QuestionAdmin):
    def get_urls(self):
        view = self.admin_site.admin_view(self.as_candidate_view)
        name = "questions_question_as_candidate"
        coverage = self.admin_site.admin_view(require_POST(self.coverage_view))
        return [
            path("as-candidate/", view, name=name),
            path("coverage/", coverage, name="questions_question_coverage"),
            *super().get_urls(),
        ]

    list_display = [
        *QuestionAdmin.list_display,
        "times_asked",
        "mean_score",
        "skip_rate",
        "open_reports",
    ]

    def get_queryset(self, request):
        """With the stored statistics of all versions together, as old as they are."""
        stored = QuestionStatistics.objects.filter(question=OuterRef("pk"), version=None)
        reports = Report.objects.open().filter(answer__version__question=OuterRef("pk"))
        counted = reports.order_by().values("answer__version__question").annotate(n=Count("pk"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                stored_asked=Coalesce(Subquery(stored.values("asked")[:1]), 0),
                stored_share=Subquery(stored.values("mean_share")[:1]),
                stored_skips=Subquery(stored.values("skip_rate")[:1]),
                reported=Coalesce(Subquery(counted.values("n")), 0),
            )
        )

    @admin.display(description="asked", ordering="stored_asked")
    def times_asked(self, question):
        """In attempts that have ended; counting the answers themselves took seconds to sort."""
        return question.stored_asked

    @admin.display(description="mean score", ordering="stored_share")
    def mean_score(self, question):
        return _percent(question.stored_share)

    @admin.display(description="skipped", ordering="stored_skips")
    def skip_rate(self, question):
        return _percent(question.stored_skips)

    @admin.display(description="reports", ordering="reported")
    def open_reports(self, question):
        return question.reported

    def as_candidate_view(self, request):
        return _inert(self._as_candidate)(request)

    def _as_candidate(self, request):
        """The room with a stored version (GET), or with what stands in the form (POST)."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        version = _typed(request.POST) if request.method == "POST" else _stored(request.GET)
        now = database_now()
        attempt, answer = preview_attempt(version, now=now)
        shown = room_page(attempt, [answer], now)
        context = {"room": shown, "guest_pass": "", "version": version}
        return render(request, "admin/questions/question/as_candidate.html", context)

    def coverage_view(self, request):
        """Which key points of the form the scorer does not find in its example answer.

        Of long texts that takes seconds, so they are not looked at; what was is remembered.
        """
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        texts = [request.POST.get(name, "") for name in ("prompt", "answer", "example_answer")]
        points = [line.strip() for line in request.POST.get("key_points", "").splitlines()]
        points = [point for point in points if point]
        context = {"points": points and texts[-1].strip(), "longest": LOOKED_AT}
        context["too_long"] = len("".join([*texts, *points])) > LOOKED_AT or len(points) > 30
        if context["points"] and not context["too_long"]:
            covered = _covered(*texts, points)
            pairs = zip(points, covered, strict=True)
            context["missing"] = [point for point, met in pairs if not met]
        return render(request, "admin/questions/question/_coverage.html", context)


COVERAGE_SECONDS = 30 * 24 * 60 * 60
LOOKED_AT = 10_000
"""Characters of all texts together: a second's work at most."""


def _covered(prompt: str, answer: str, example: str, points: list[str]) -> list[bool]:
    texts = hashlib.sha256(repr((prompt, answer, example, points)).encode()).hexdigest()

    def look():
        found = scoring.score(prompt, points, answer, example)
        return [point["covered"] for point in found["points"]]

    return cache.get_or_set(f"coverage:{scoring.engine_name()}:{texts}", look, COVERAGE_SECONDS)


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{share:.0%}"


def _inert(view):
    """The page can send nothing anywhere: its buttons are there to be looked at."""
    refuse = {"form-action": ["'none'"], "connect-src": ["'none'"]}
    return never_cache(require_http_methods(["GET", "POST"])(csp_replace(refuse)(view)))


def _stored(sent) -> QuestionVersion:
    number = sent.get("version", "")
    if number.isdecimal() and len(number) < 19:
        related = QuestionVersion.objects.select_related("question__topic")
        if version := related.filter(pk=number).first():
            return version
    raise Http404("no such version")


def _typed(sent) -> QuestionVersion:
    """What stands in a form, right or wrong, as a version that is never saved."""

    def number(name, most, default):
        text = sent.get(name, "")
        fits = text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most
        return int(text) if fits else default

    topic = Topic.objects.filter(pk=number("topic", 10**9, 0)).first() or Topic(name="No topic yet")
    question = Question(
        topic=topic,
        difficulty=number("difficulty", len(Difficulty), Difficulty.MEDIUM.value),
        seconds=number("seconds", MAX_SECONDS, 180),
    )
    return QuestionVersion(question=question, prompt=sent.get("prompt", "")[:MAX_TEXT])
