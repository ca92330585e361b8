"""Two pages about a question's versions in the admin: comparing two, restoring an old one."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from questions.admin.base import editor_of
from questions.admin.question_forms import RestoreForm
from questions.admin.versions import kind_of
from questions.bank import versions
from questions.bank.usage import audience_by_version, audience_in_words
from questions.formats.fields.follow_up_texts import as_text
from questions.models import VERSION_FIELDS, ChangeKind, Question, QuestionVersion
from questions.rules.compare import Piece, differences
from questions.rules.numbers import small_number
from questions.rules.texts import field_label
from quizsite.clock import database_now


@dataclass(frozen=True)
class TextDifference:
    """How one text differs between two versions."""

    label: str
    changed: bool
    pieces: list[Piece]


def side_by_side(before: QuestionVersion, after: QuestionVersion) -> list[TextDifference]:
    """Each text, and how it differs from one version to the other."""

    def text_of(version: QuestionVersion, field: str) -> str:
        value = getattr(version, field)
        if field == "follow_ups":
            value = as_text(value)
        text = "\n".join(value) if isinstance(value, list) else value
        return f"{text}\n" if text else ""  # With a line end, the last line is like any other.

    return [
        TextDifference(
            label=field_label(field).capitalize(),
            changed=getattr(before, field) != getattr(after, field),
            pieces=differences(text_of(before, field), text_of(after, field)),
        )
        for field in VERSION_FIELDS
    ]


class VersionPages(admin.ModelAdmin):
    """Mixin for the admin class of questions. Each page asks for the permission that it needs."""

    def get_urls(self) -> list[URLPattern]:
        compare = self.admin_site.admin_view(self.compare_view)
        restore = self.admin_site.admin_view(self.restore_view)
        return [
            path("<int:pk>/compare/", compare, name="questions_question_compare"),
            path("<int:pk>/restore/<int:number>/", restore, name="questions_question_restore"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two versions, by default the current one and the one before it."""
        question = _question(pk)
        if not self.has_view_permission(request, question):
            raise PermissionDenied
        newest_first = list(question.versions.select_related("author").order_by("-number"))
        if not newest_first:
            raise Http404("no version yet")
        before, after = _chosen(request, newest_first)
        context = {
            "title": f"Version {before.number} and version {after.number}",
            "versions": newest_first,
            "before": before,
            "after": after,
            "after_kind": kind_of(after),
            "texts": side_by_side(before, after),
            "may_change": self.has_change_permission(request, question),
        }
        return self._version_page(request, "compare", question, context)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    @method_decorator(transaction.atomic)
    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Make the texts of an old version the newest version. A POST locks the question."""
        question = _question(pk, lock=request.method == "POST")
        if not self.has_change_permission(request, question):
            raise PermissionDenied
        old = get_object_or_404(question.versions.select_related("author"), number=number)
        current = question.current_version
        if current is None or old.content_hash == current.content_hash:
            message = f"The question has the texts of version {number}: nothing to restore."
            self.message_user(request, message, messages.WARNING)
            return redirect("admin:questions_question_change", pk)
        form = RestoreForm(request.POST or None, question=question, old=old, current=current.number)
        if form.is_valid():
            self._restore(request, question, old, form.cleaned_data)
            return redirect("admin:questions_question_change", pk)
        context = {
            "title": f"Restore version {number}",
            "old": old,
            "form": form,
            "texts": side_by_side(current, old),
            "people": audience_in_words(audience_by_version(question)),
        }
        return self._version_page(request, "restore", question, context)

    def _restore(
        self, request: HttpRequest, question: Question, old: QuestionVersion, change: dict[str, str]
    ) -> None:
        why = change["change_note"]
        note = f"Version {old.number} restored{': ' if why else '.'}{why}"
        version = versions.save_texts(
            question,
            old.texts(),
            now=database_now(),
            author=editor_of(request),
            change_kind=change["change_kind"] or ChangeKind.MATERIAL.value,
            change_note=note,
        )
        self.log_change(request, question, f"{note} It is now version {version.number}.")
        self.message_user(request, f"The texts of version {old.number} are restored.")

    def _version_page(
        self, request: HttpRequest, name: str, question: Question, context: dict[str, object]
    ) -> HttpResponse:
        context |= self.admin_site.each_context(request)
        context |= {"opts": self.opts, "question": question}
        return TemplateResponse(request, f"admin/questions/question/{name}.html", context)


def _question(pk: int, *, lock: bool = False) -> Question:
    if lock:  # Without joins: joined rows would be those from before the wait.
        Question.objects.select_for_update().filter(pk=pk).first()
    related = Question.objects.select_related("topic", "current_version__author")
    return get_object_or_404(related, pk=pk)


def _chosen(
    request: HttpRequest, newest_first: list[QuestionVersion]
) -> tuple[QuestionVersion, QuestionVersion]:
    """The two versions whose numbers the address has; by default the last two."""
    by_number = {version.number: version for version in newest_first}

    def chosen(name: str, default: QuestionVersion) -> QuestionVersion:
        return by_number.get(small_number(request.GET.get(name), default=0), default)

    after = chosen("to", newest_first[0])
    earlier = [version for version in newest_first if version.number < after.number]
    return chosen("from", earlier[0] if earlier else newest_first[-1]), after
