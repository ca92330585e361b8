"""What the admin's list of questions does with the chosen ones."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.models import CHANGE, LogEntry

from questions.models import Difficulty, Interview, Question, Status, Topic


class QuestionActionForm(ActionForm):
    """What "set topic" and "set difficulty" set."""

    topic = forms.ModelChoiceField(Topic.objects, required=False, label="Topic:")
    difficulty = forms.ChoiceField(
        choices=[("", "---------"), *Difficulty.choices], required=False, label="Difficulty:"
    )


class QuestionActions:
    """For the admin class of questions. Each action logs what it changed of which question."""

    action_form = QuestionActionForm
    actions = ["publish", "retire", "set_topic", "set_difficulty"]

    @admin.action(description="Publish the chosen questions", permissions=["change"])
    def publish(self, request, queryset):
        ready, missing = [], []
        for question in queryset.exclude(status=Status.PUBLISHED):
            version = question.current_version
            (ready if version and version.key_points else missing).append(question)
        self._set_status(request, ready, Status.PUBLISHED)
        if missing:
            slugs = ", ".join(question.slug for question in missing)
            said = f"Left out, for they have no key points: {slugs}."
            self.message_user(request, said, messages.WARNING)

    @admin.action(description="Retire the chosen questions", permissions=["change"])
    def retire(self, request, queryset):
        questions = list(queryset.exclude(status=Status.RETIRED))
        self._set_status(request, questions, Status.RETIRED)
        asking = Interview.objects.active().filter(slots__question__in=questions).distinct()
        if asking:
            names = ", ".join(interview.name for interview in asking)
            said = f"These interviews ask for them by name and can't be started now: {names}."
            self.message_user(request, said, messages.WARNING)

    @admin.action(description="Set the topic chosen here", permissions=["change"])
    def set_topic(self, request, queryset):
        topic = Topic.objects.filter(pk=_number(request.POST.get("topic"))).first()
        self._set(request, queryset, "topic", topic, topic)

    @admin.action(description="Set the difficulty chosen here", permissions=["change"])
    def set_difficulty(self, request, queryset):
        labels = {str(value): label for value, label in Difficulty.choices}
        chosen = request.POST.get("difficulty")
        self._set(request, queryset, "difficulty", _number(chosen), labels.get(chosen))

    def _set(self, request, queryset, name, value, shown):
        """Give the chosen questions one value, and say so in the log of each that changes."""
        if shown is None:
            said = f"Nothing was changed: choose a {name} beside the action."
            self.message_user(request, said, messages.WARNING)
            return
        questions = list(queryset.exclude(**{name: value}))
        Question.objects.filter(pk__in=[q.pk for q in questions]).update(**{name: value})
        if questions:
            said = f"{name.capitalize()} set to {shown}."
            LogEntry.objects.log_actions(request.user.pk, questions, CHANGE, said)
        self.message_user(request, f"{len(questions)} changed: {name} {shown}.")

    def _set_status(self, request, questions, status):
        chosen = Question.objects.filter(pk__in=[question.pk for question in questions])
        if questions:
            chosen.update(status=status.value)
            said = f"Status set to {status.label}."
            LogEntry.objects.log_actions(request.user.pk, questions, CHANGE, said)
        level = messages.SUCCESS if questions else messages.INFO
        self.message_user(request, f"{len(questions)} now {status.label}.", level)


def _number(text) -> int | None:
    """A small number that a form sent; None for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
