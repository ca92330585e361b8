"""What the list of questions does to many at once, in the admin's log with old and new value."""

from collections import defaultdict

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, ActionForm
from django.contrib.admin.models import CHANGE, LogEntry
from django.template.response import TemplateResponse

from questions.bank.publishing import PublishedQuestions
from questions.models import Difficulty, Interview, Question, Status, Topic

MANY = 20
"""More questions than this change only after a page has counted them and asked why."""
CARRIED = ("action", "select_across", "topic", "difficulty")


class QuestionActionForm(ActionForm):
    """What "set topic" and "set difficulty" set."""

    topic = forms.ModelChoiceField(Topic.objects, required=False, label="Topic:")
    difficulty = forms.ChoiceField(
        choices=[("", "---------"), *Difficulty.choices], required=False, label="Difficulty:"
    )


class BulkActions:
    """For the admin class of questions."""

    action_form = QuestionActionForm
    actions = ["publish", "retire", "set_topic", "set_difficulty"]

    @admin.action(description="Publish the chosen questions", permissions=["change"])
    def publish(self, request, queryset):
        if page := self._ask_first(request, queryset, "Publish"):
            return page
        ready, left_out = _publishable(queryset.exclude(status=Status.PUBLISHED))
        self._set_status(request, ready, Status.PUBLISHED)
        for why, named in left_out.items():
            said = f"Left out, for they {why}: {', '.join(named)}."
            self.message_user(request, said, messages.WARNING)
        return None

    @admin.action(description="Retire the chosen questions", permissions=["change"])
    def retire(self, request, queryset):
        if page := self._ask_first(request, queryset, "Retire"):
            return page
        questions = list(queryset.exclude(status=Status.RETIRED))
        self._set_status(request, questions, Status.RETIRED)
        self.warn_of_interviews(request, questions)
        return None

    @admin.action(description="Set the topic chosen here", permissions=["change"])
    def set_topic(self, request, queryset):
        topic = Topic.objects.filter(pk=_number(request.POST.get("topic"))).first()
        return self._set_chosen(request, queryset, "topic", topic, topic)

    @admin.action(description="Set the difficulty chosen here", permissions=["change"])
    def set_difficulty(self, request, queryset):
        labels = {str(value): label for value, label in Difficulty.choices}
        chosen = request.POST.get("difficulty")
        return self._set_chosen(
            request, queryset, "difficulty", _number(chosen), labels.get(chosen)
        )

    def warn_of_interviews(self, request, questions):
        """Say which interviews ask by name for questions that are not published any more."""
        asking = Interview.objects.active().filter(slots__question__in=questions).distinct()
        if asking:
            names = ", ".join(interview.name for interview in asking)
            said = f"These interviews ask for them by name and can't be started now: {names}."
            self.message_user(request, said, messages.WARNING)

    def _ask_first(self, request, queryset, doing):
        """The page that counts many questions and asks why; None when that is answered."""
        count = queryset.count()
        counted = request.POST.get("counted") == str(count)
        if count <= MANY or (counted and request.POST.get("why", "").strip()):
            return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{doing}: {count} questions",
            "doing": doing,
            "count": count,
            "carried": [(name, request.POST[name]) for name in CARRIED if name in request.POST],
            "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "checkbox": ACTION_CHECKBOX_NAME,
            "without_why": counted,
        }
        return TemplateResponse(request, "admin/questions/question/many.html", context)

    def _set_chosen(self, request, queryset, name, value, shown):
        if shown is None:
            said = f"Nothing was changed: choose a {name} beside the action."
            self.message_user(request, said, messages.WARNING)
            return None
        if page := self._ask_first(request, queryset, f"Set the {name} to {shown}"):
            return page
        questions = list(queryset.exclude(**{name: value}).select_related("topic"))
        self._set(request, questions, name, value, shown)
        self.message_user(request, f"{len(questions)} changed: {name} {shown}.")
        return None

    def _set_status(self, request, questions, status):
        self._set(request, questions, "status", status.value, status.label)
        level = messages.SUCCESS if questions else messages.INFO
        self.message_user(request, f"{len(questions)} now {status.label}.", level)

    def _set(self, request, questions, name, value, shown):
        """Give the questions one value, and say so in the log of each."""
        Question.objects.filter(pk__in=[q.pk for q in questions]).update(**{name: value})
        why = " ".join(request.POST.get("why", "").split())
        by_old = defaultdict(list)
        for question in questions:
            display = getattr(question, f"get_{name}_display", None)
            by_old[str(display() if display else getattr(question, name))].append(question)
        for old, changed in by_old.items():
            said = f"{name.capitalize()}: {old} → {shown}.{f' Why: {why}' if why else ''}"
            LogEntry.objects.log_actions(request.user.pk, changed, CHANGE, said)


def _publishable(questions) -> tuple[list[Question], dict[str, list[str]]]:
    """Those that can be published together, and the names of the others by what they lack."""
    ready, left_out, published = [], defaultdict(list), PublishedQuestions()
    for question in questions:
        version = question.current_version
        prompt, points = (version.prompt, version.key_points) if version else ("", [])
        obstacles = published.obstacles(question.pk, prompt, points)
        if obstacles.no_key_points:
            left_out["have no key points"].append(question.slug)
        elif obstacles.duplicate:
            left_out["ask the same as a published question"].append(
                f"{question.slug} (as {obstacles.duplicate})"
            )
        else:
            ready.append(question)
            published.add(question.pk, question.slug, prompt)
    return ready, left_out


def _number(text) -> int | None:
    """A small number that a form sent; None for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
