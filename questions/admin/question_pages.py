"""What a question's form offers besides saving: previews, a guide, a copy, one more question."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from questions.admin.base import editor_of
from questions.bank.copies import copy_question
from questions.models import VERSION_FIELDS, Question
from questions.rendering import rendered
from questions.rules.good_question import KEY_POINT_WORDS, KEY_POINTS, SHORT_EXAMPLE_WORDS
from questions.rules.limits import MAX_TEXT
from quizsite.clock import database_now


class QuestionPages(admin.ModelAdmin):
    """Mixin for the admin class of questions. Each page asks for the permission that it needs."""

    def get_urls(self) -> list[URLPattern]:
        markdown = self.admin_site.admin_view(self.markdown_view)
        duplicate = self.admin_site.admin_view(self.duplicate_view)
        guide = self.admin_site.admin_view(self.guide_view)
        return [
            path("markdown/", markdown, name="questions_question_markdown"),
            path("guide/", guide, name="questions_question_guide"),
            path("<int:pk>/duplicate/", duplicate, name="questions_question_duplicate"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def markdown_view(self, request: HttpRequest) -> HttpResponse:
        """The Markdown of one field as candidates would see it. Nothing is stored."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        field = request.GET.get("field", "")
        if field not in VERSION_FIELDS:
            raise Http404("no such text")
        return HttpResponse(rendered(field, request.POST.get(field, "")[:MAX_TEXT]))

    @method_decorator(require_safe)
    def guide_view(self, request: HttpRequest) -> HttpResponse:
        """What a good question is, for editors."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "What a good question is",
            "short_words": SHORT_EXAMPLE_WORDS,
            "points": KEY_POINTS,
            "point_words": KEY_POINT_WORDS,
        }
        return TemplateResponse(request, "admin/questions/question/guide.html", context)

    @method_decorator(require_POST)
    @method_decorator(transaction.atomic)
    def duplicate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a draft with the same texts, and open its form."""
        related = Question.objects.select_related("topic", "current_version")
        question = get_object_or_404(related, pk=pk)
        if not (self.has_add_permission(request) and self.has_view_permission(request, question)):
            raise PermissionDenied
        copy = copy_question(question, author=editor_of(request), now=database_now())
        self.log_addition(request, copy, f"Made as a copy of {question.slug}.")
        self.message_user(
            request, f"This is a draft with the texts of {question.slug}. Change its prompt next."
        )
        if not self.has_change_permission(request, copy):
            self.message_user(request, "You may not change it.", messages.INFO)
        return redirect("admin:questions_question_change", copy.pk)

    def response_add(
        self, request: HttpRequest, obj: Question, post_url_continue: str | None = None
    ) -> HttpResponse:
        return _kept(super().response_add(request, obj, post_url_continue), request, obj)

    def response_change(self, request: HttpRequest, obj: Question) -> HttpResponse:
        return _kept(super().response_change(request, obj), request, obj)


def _kept(response: HttpResponse, request: HttpRequest, question: Question) -> HttpResponse:
    """After “Save and add another”, the next form has this topic, difficulty and time."""
    if "_addanother" in request.POST and isinstance(response, HttpResponseRedirect):
        address, _, query = response.url.partition("?")
        kept = QueryDict(query, mutable=True)
        kept["topic"] = str(question.topic_id)
        kept["difficulty"], kept["seconds"] = str(question.difficulty), str(question.seconds)
        response["Location"] = f"{address}?{kept.urlencode()}"
    return response
