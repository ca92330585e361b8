"""The pages of one question in the admin: preview, versions side by side, restoring, copies."""

from django.contrib import messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from questions.admin.question_forms import RestoreForm
from questions.bank import versions
from questions.bank.slugs import free_slug
from questions.formats import MAX_TEXT
from questions.models import TEXT_FIELDS, ChangeKind, Question, Slot, Status
from questions.rendering import rendered
from questions.rules.compare import differences
from quizsite.clock import database_now

TEXTS = (*TEXT_FIELDS, "key_points")


def side_by_side(before, after) -> list[dict]:
    """For each text, its name and how it differs from one version to the other."""

    def text_of(version, field):
        value = getattr(version, field)
        text = "\n".join(value) if isinstance(value, list) else value
        return f"{text}\n" if text else ""  # so that a last line is like any other

    return [
        {
            "label": field.replace("_", " ").capitalize(),
            "changed": getattr(before, field) != getattr(after, field),
            "pieces": differences(text_of(before, field), text_of(after, field)),
        }
        for field in TEXTS
    ]


def who_answered(question) -> list[dict]:
    """Of each version that was asked, newest first: how many people were asked, and wrote."""
    guest, wrote = ~Q(answers__attempt__guest_key=""), Q(answers__text__regex=r"\S")
    user, key = "answers__attempt__user", "answers__attempt__guest_key"
    counted = (
        question.versions.filter(answers__isnull=False)
        .order_by("-number")
        .values("number")
        .annotate(
            asked=Count(user, distinct=True) + Count(key, distinct=True, filter=guest),
            answered=Count(user, distinct=True, filter=wrote)
            + Count(key, distinct=True, filter=guest & wrote),
        )
    )
    return list(counted)


def in_words(people: list[dict]) -> str:
    """Such as: 14 people answered version 3, 2 people version 2. Nothing of nobody."""
    if not people:
        return ""
    parts, verb = [], None
    for version in people:
        wrote = version["answered"]
        number = wrote or version["asked"]
        who = f"{number} {'person' if number == 1 else 'people'}"
        did = "answered" if wrote else "was asked" if number == 1 else "were asked"
        parts.append(f"{who} {'' if did == verb else f'{did} '}version {version['number']}")
        verb = did
    theirs = "theirs" if len(people) > 1 else f"version {people[0]['number']}"
    return f"{', '.join(parts)}. They keep seeing {theirs}, with a note that it changed."


def times_asked(question) -> int:
    """How many answers there are to any version of a question, as of now."""
    # Answers belong to attempts, which this app does not import; the database knows them.
    return question.versions.aggregate(times=Count("answers"))["times"]


def where_used(question) -> dict:
    """Slots that name a question, those whose rule may draw it; how many attempts asked it."""
    slots = Slot.objects.select_related("interview").order_by("interview__position", "position")
    drawn = slots.none()
    if question.status == Status.PUBLISHED:
        drawn = slots.filter(
            Q(topic=None) | Q(topic=question.topic_id),
            question=None,
            difficulty_from__lte=question.difficulty,
            difficulty_to__gte=question.difficulty,
        )
    named = slots.filter(question=question)
    return {"named": named, "drawn": drawn, "attempts": times_asked(question)}


class QuestionPages:
    """For the admin class of questions. Each page asks for the permission it needs."""

    def get_urls(self):
        pages = [
            ("markdown/", self.markdown_view, "markdown"),
            ("<int:pk>/compare/", self.compare_view, "compare"),
            ("<int:pk>/restore/<int:number>/", self.restore_view, "restore"),
            ("<int:pk>/duplicate/", self.duplicate_view, "duplicate"),
        ]
        return [
            path(route, self.admin_site.admin_view(view), name=f"questions_question_{name}")
            for route, view, name in pages
        ] + super().get_urls()

    def _question(self, pk) -> Question:
        related = Question.objects.select_related("topic", "current_version__author")
        return get_object_or_404(related, pk=pk)

    def _version(self, question, number):
        return get_object_or_404(question.versions.select_related("author"), number=number)

    def page_context(self, request, question, **more) -> dict:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "question": question,
            **more,
        }

    def markdown_view(self, request):
        """What becomes of the Markdown of one field; nothing is stored."""
        return require_POST(self._markdown)(request)

    def _markdown(self, request):
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        field = request.GET.get("field")
        if field not in TEXTS:
            raise Http404("no such text")
        return HttpResponse(rendered(field, request.POST.get(field, "")[:MAX_TEXT]))

    def compare_view(self, request, pk):
        return require_GET(self._compare)(request, pk)

    def _compare(self, request, pk):
        """Two versions, by default the current one and the one before it."""
        question = self._question(pk)
        if not self.has_view_permission(request, question):
            raise PermissionDenied
        versions = {v.number: v for v in question.versions.select_related("author")}
        if not versions:
            raise Http404("no version yet")
        numbers = sorted(versions)

        def chosen(name, default):
            text = request.GET.get(name, "")
            return versions.get(int(text) if text.isdecimal() and len(text) < 10 else 0, default)

        after = chosen("to", versions[numbers[-1]])
        before = chosen("from", versions[max([n for n in numbers if n < after.number] or [1])])
        context = self.page_context(
            request,
            question,
            title=f"Version {before.number} and version {after.number}",
            versions=[versions[number] for number in reversed(numbers)],
            before=before,
            after=after,
            texts=side_by_side(before, after),
            may_change=self.has_change_permission(request, question),
        )
        return TemplateResponse(request, "admin/questions/question/compare.html", context)

    def restore_view(self, request, pk, number):
        return require_http_methods(["GET", "POST"])(self._restore)(request, pk, number)

    @transaction.atomic
    def _restore(self, request, pk, number):
        """Make what an old version says the newest version."""
        if request.method == "POST":
            Question.objects.select_for_update().filter(pk=pk).first()
        question = self._question(pk)
        if not self.has_change_permission(request, question):
            raise PermissionDenied
        old, data = self._version(question, number), request.POST or None
        if old.content_hash == question.current_version.content_hash:
            said = f"The question says what version {number} says: there is nothing to restore."
            self.message_user(request, said, messages.WARNING)
            return redirect("admin:questions_question_change", pk)
        form = RestoreForm(data, question=question, old=old)
        if form.is_valid():
            why = form.cleaned_data["change_note"]
            note = f"Version {number} restored{': ' if why else '.'}{why}"
            version = versions.save_texts(
                question,
                old.texts(),
                now=database_now(),
                author=request.user,
                change_kind=form.cleaned_data["change_kind"] or ChangeKind.MATERIAL.value,
                change_note=note,
            )
            self.log_change(request, question, f"{note} It is now version {version.number}.")
            self.message_user(request, f"The texts of version {number} are restored.")
            return redirect("admin:questions_question_change", pk)
        context = self.page_context(
            request,
            question,
            title=f"Restore version {number}",
            old=old,
            form=form,
            texts=side_by_side(question.current_version, old),
            people=in_words(who_answered(question)),
        )
        return TemplateResponse(request, "admin/questions/question/restore.html", context)

    def duplicate_view(self, request, pk):
        return require_POST(self._duplicate)(request, pk)

    @transaction.atomic
    def _duplicate(self, request, pk):
        """A draft with the same texts and another slug, and its form to go on in."""
        question = self._question(pk)
        if not (self.has_add_permission(request) and self.has_view_permission(request, question)):
            raise PermissionDenied
        version = question.current_version
        last = Question.objects.aggregate(last=Max("position"))["last"] or 0
        copy = Question.objects.create(
            slug=free_slug(question.slug, Question.objects.all()),
            topic=question.topic,
            difficulty=question.difficulty,
            seconds=question.seconds,
            position=last + 1,
        )
        if version:
            versions.save_texts(copy, version.texts(), now=database_now(), author=request.user)
        said = f"Made as a copy of {question.slug}."
        LogEntry.objects.log_actions(request.user.pk, [copy], ADDITION, said, single_object=True)
        self.message_user(
            request, f"This is a draft with the texts of {question.slug}: change its prompt next."
        )
        if not self.has_change_permission(request, copy):
            messages.info(request, "You may not change it.")
        return redirect(reverse("admin:questions_question_change", args=[copy.pk]))
