"""Actions on many questions of the list at once. Each log entry has the old and new value."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, ActionForm
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator

from questions.admin.base import editor_of
from questions.admin.concurrent.actions import ActsOnWhatWasSeen, seen_fields
from questions.bank.publishing import PublishedQuestions
from questions.models import Difficulty, Interview, Question, Status, Topic
from questions.rules.numbers import small_number
from questions.rules.texts import normal_text

MANY = 20
"""More questions than this are changed only after a page has counted them and asked why."""
CARRIED = ("action", "select_across", "topic", "difficulty")


class QuestionActionForm(ActionForm):
    """The values that "set topic" and "set difficulty" set."""

    topic = forms.ModelChoiceField(Topic.objects, required=False, label="Topic:")
    difficulty = forms.ChoiceField(
        choices=[("", "---------"), *Difficulty.choices], required=False, label="Difficulty:"
    )


class BulkActions(ActsOnWhatWasSeen):
    """Mixin for the admin class of questions."""

    action_form = QuestionActionForm
    seen_columns = ("topic", "difficulty", "status", "current_version")
    actions = ["publish", "retire", "set_topic", "set_difficulty"]
    changing_actions = ("publish", "retire", "set_topic", "set_difficulty")

    @admin.action(description="Publish the chosen questions", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Question]) -> HttpResponse | None:
        if page := self._ask_why(request, queryset, "Publish"):
            return page
        ready, left_out = _publishable(queryset.exclude(status=Status.PUBLISHED))
        self._set_status(request, ready, Status.PUBLISHED)
        for reason, names in left_out.items():
            message = f"Not published, because they {reason}: {', '.join(names)}."
            self.message_user(request, message, messages.WARNING)
        return None

    @admin.action(description="Retire the chosen questions", permissions=["change"])
    def retire(self, request: HttpRequest, queryset: QuerySet[Question]) -> HttpResponse | None:
        if page := self._ask_why(request, queryset, "Retire"):
            return page
        questions = list(queryset.exclude(status=Status.RETIRED))
        self._set_status(request, questions, Status.RETIRED)
        self.warn_of_interviews(request, questions)
        return None

    @admin.action(description="Set the topic chosen here", permissions=["change"])
    def set_topic(self, request: HttpRequest, queryset: QuerySet[Question]) -> HttpResponse | None:
        pk = small_number(request.POST.get("topic"), default=0)
        topic = Topic.objects.filter(pk=pk).first()
        return self._set_chosen(request, queryset, "topic", topic, str(topic or ""))

    @admin.action(description="Set the difficulty chosen here", permissions=["change"])
    def set_difficulty(
        self, request: HttpRequest, queryset: QuerySet[Question]
    ) -> HttpResponse | None:
        difficulty = small_number(request.POST.get("difficulty"), default=0)
        label = dict(Difficulty.choices).get(difficulty, "")
        return self._set_chosen(request, queryset, "difficulty", difficulty, label)

    def warn_of_interviews(self, request: HttpRequest, questions: Iterable[Question]) -> None:
        """Name the interviews that ask by name for questions that are no longer published."""
        asking = Interview.objects.active().filter(slots__question__in=questions).distinct()
        if asking:
            names = ", ".join(interview.name for interview in asking)
            message = f"These interviews ask for them by name and can't be started now: {names}."
            self.message_user(request, message, messages.WARNING)

    def _ask_why(
        self, request: HttpRequest, queryset: QuerySet[Question], action: str
    ) -> HttpResponse | None:
        """The page that counts many questions and asks why; None once it is answered."""
        count = queryset.count()
        counted = request.POST.get("counted") == str(count)
        if count <= MANY or (counted and _why(request)):
            return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{action}: {count} questions",
            "action": action,
            "count": count,
            "carried": [
                *[(name, request.POST[name]) for name in CARRIED if name in request.POST],
                *seen_fields(request),
            ],
            "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "checkbox": ACTION_CHECKBOX_NAME,
            "without_why": counted,
        }
        return TemplateResponse(request, "admin/questions/question/many.html", context)

    def _set_chosen(
        self,
        request: HttpRequest,
        queryset: QuerySet[Question],
        name: Literal["topic", "difficulty"],
        value: Topic | int | None,
        label: str,
    ) -> HttpResponse | None:
        """label: the chosen value in words; empty if nothing valid was chosen."""
        if not label:
            message = f"Nothing was changed. Choose a {name} beside the action."
            self.message_user(request, message, messages.WARNING)
            return None
        if page := self._ask_why(request, queryset, f"Set the {name} to {label}"):
            return page
        questions = list(queryset.exclude(**{name: value}).select_related("topic"))
        self._set(request, questions, name, value, label)
        self.message_user(request, f"{len(questions)} changed: {name} {label}.")
        return None

    def _set_status(self, request: HttpRequest, questions: list[Question], status: Status) -> None:
        self._set(request, questions, "status", status.value, status.label)
        level = messages.SUCCESS if questions else messages.INFO
        self.message_user(request, f"{len(questions)} now {status.label}.", level)

    @method_decorator(transaction.atomic)
    def _set(
        self, request: HttpRequest, questions: list[Question], name: str, value: object, label: str
    ) -> None:
        """Give the questions one value, and log the change for each."""
        Question.objects.filter(pk__in=[q.pk for q in questions]).update(**{name: value})
        why = _why(request)
        by_old_value = defaultdict(list)
        for question in questions:
            display = getattr(question, f"get_{name}_display", None)
            by_old_value[str(display() if display else getattr(question, name))].append(question)
        for old, changed in by_old_value.items():
            message = f"{name.capitalize()}: {old} → {label}.{f' Why: {why}' if why else ''}"
            LogEntry.objects.log_actions(editor_of(request).pk, changed, CHANGE, message)


def _why(request: HttpRequest) -> str:
    return " ".join(normal_text(request.POST.get("why", "")).split())


def _publishable(
    questions: Iterable[Question],
) -> tuple[list[Question], dict[str, list[str]]]:
    """The questions that can be published together, and the names of the others by reason."""
    ready, left_out, published = [], defaultdict(list), PublishedQuestions()
    for question in questions:
        version = question.current_version
        prompt, points = (version.prompt, version.key_points) if version else ("", [])
        obstacles = published.obstacles(question.pk, prompt, points)
        if obstacles.no_key_points:
            left_out["have no key points"].append(question.slug)
        elif obstacles.no_prompt:
            left_out["have no prompt"].append(question.slug)
        elif obstacles.duplicate:
            left_out["ask the same as a published question"].append(
                f"{question.slug} (as {obstacles.duplicate})"
            )
        else:
            ready.append(question)
            published.add(question.pk, question.slug, prompt)
    return ready, left_out
