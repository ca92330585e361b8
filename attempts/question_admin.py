"""Questions in the admin, with what only attempts know: how one looks in the room."""

from csp.decorators import csp_replace
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from attempts.room import room_of
from attempts.transitions.staff import rehearsal
from questions.admin import QuestionAdmin
from questions.formats import MAX_TEXT
from questions.models import MAX_SECONDS, Difficulty, Question, QuestionVersion, Topic
from quizsite.clock import database_now


@admin.register(Question)
class AskedQuestionAdmin(QuestionAdmin):
    def get_urls(self):
        view = self.admin_site.admin_view(self.as_candidate_view)
        name = "questions_question_as_candidate"
        return [path("as-candidate/", view, name=name), *super().get_urls()]

    def as_candidate_view(self, request):
        return _inert(self._as_candidate)(request)

    def _as_candidate(self, request):
        """The room with a stored version (GET), or with what stands in the form (POST)."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        version = _typed(request.POST) if request.method == "POST" else _stored(request.GET)
        now = database_now()
        attempt, answer = rehearsal(version, now=now)
        shown = room_of(attempt, [answer], now)
        context = {"room": shown, "guest_pass": "", "version": version}
        return render(request, "admin/questions/question/as_candidate.html", context)


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
