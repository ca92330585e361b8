"""Interviews in the admin, with what the draw knows: whether there are enough questions."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from attempts.rules.draw import CannotFill, DrawableQuestion, DrawSlot, draw
from attempts.transitions.starts.drawing import draw_questions
from questions.admin.interview import InterviewAdmin
from questions.admin.slots import slots_in_form
from questions.models import Interview, Question
from questions.rules.limits import MAX_COUNT, MAX_DIFFICULTY
from questions.rules.numbers import counted, small_number

MAX_QUESTIONS = 300
"""For longer interviews the form does not count what the slots can draw."""


@dataclass(frozen=True)
class SlotInForm:
    """A slot as it is in the form, valid or not: what it admits, and how many questions it asks."""

    rule: DrawSlot
    wanted: int


@dataclass
class SlotSupply:
    """How many published questions fit a slot, and how many are missing in a draw of the whole.

    named: whether the slot asks a fixed question.
    """

    wanted: int
    fit: int
    named: bool
    missing: int = 0


def supply_of(slots: Sequence[SlotInForm]) -> list[SlotSupply]:
    """What the bank has for each slot. Takes one query."""
    bank = Question.objects.published().values_list("pk", "topic_id", "difficulty")
    candidates = [DrawableQuestion(*row) for row in bank]
    fixed = {slot.rule.question for slot in slots if slot.rule.question}
    supply, draw_slots, slot_of_question = [], [], []
    for index, slot in enumerate(slots):
        named = slot.rule.question is not None
        fit = sum(slot.rule.admits(c) and (named or c.id not in fixed) for c in candidates)
        supply.append(SlotSupply(slot.wanted, fit, named))
        draw_slots += [slot.rule] * slot.wanted
        slot_of_question += [index] * slot.wanted
    if draw_slots:
        try:
            draw(draw_slots, candidates, seed=0)
        except CannotFill as error:
            for index, missing in Counter(slot_of_question[i] for i in error.empty).items():
                supply[index].missing = missing
    return supply


def slot_in_form(row: Mapping[str, str]) -> SlotInForm:
    """A slot as a form submits it (questions.admin.slots.slots_in_form), valid or not."""
    question = small_number(row["question"])
    topic = None if question else small_number(row["topic"])
    lowest = small_number(row["difficulty_from"], MAX_DIFFICULTY, default=1)
    highest = small_number(row["difficulty_to"], MAX_DIFFICULTY, default=MAX_DIFFICULTY)
    wanted = 1 if question else small_number(row["count"], MAX_COUNT, default=0)
    return SlotInForm(DrawSlot(question, topic, (lowest, highest)), wanted)


@admin.register(Interview)
class InterviewWithDrawAdmin(InterviewAdmin):
    readonly_fields = ["enough_questions"]

    @admin.display(description="enough questions")
    def enough_questions(self, interview: Interview) -> str:
        """Whether a candidate who has seen no question yet could start it."""
        if interview.pk is None:
            return "Shown once it is saved."
        if lack := what_is_missing(interview):
            return f"No. {lack}"
        count = sum(slot.count for slot in interview.slots.all())
        return f"Yes, {counted(count, 'question')}."

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm,
        formsets: Sequence[BaseFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        lack = what_is_missing(form.instance)
        if lack and form.instance.is_active:
            message = f"This interview cannot be started now. {lack}"
            self.message_user(request, message, messages.WARNING)

    def get_urls(self) -> list[URLPattern]:
        supply = self.admin_site.admin_view(self.supply_view)
        drawn = self.admin_site.admin_view(self.draw_view)
        return [
            path("fill/", supply, name="questions_interview_fill"),
            path("<int:pk>/draw/", drawn, name="questions_interview_draw"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def supply_view(self, request: HttpRequest) -> HttpResponse:
        """What the slots of a form can draw, while somebody edits it. Stores nothing."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        slots = [slot_in_form(row) for row in slots_in_form(request.POST)]
        wanted = sum(slot.wanted for slot in slots)
        rows = supply_of(slots) if 0 < wanted <= MAX_QUESTIONS else []
        missing = sum(row.missing for row in rows)
        context = {"rows": rows, "wanted": wanted, "most": MAX_QUESTIONS, "missing": missing}
        return TemplateResponse(request, "admin/questions/interview/_fill.html", context)

    @method_decorator(require_safe)
    def draw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a candidate who has seen no question yet could be asked. Each load draws again."""
        interview = get_object_or_404(Interview, pk=pk)
        if not self.has_view_permission(request, interview):
            raise PermissionDenied
        seed = secrets.randbits(32)
        try:
            drawn, missing = draw_questions(None, interview, seed), 0
        except CannotFill as error:
            drawn, missing = [], len(error.empty)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"A draw of {interview.name}",
            "interview": interview,
            "drawn": drawn,
            "missing": missing,
        }
        return TemplateResponse(request, "admin/questions/interview/draw.html", context)


def what_is_missing(interview: Interview) -> str:
    """Why a candidate who has seen no question yet could not start it; "" if one could."""
    slots = [slot for slot in interview.slots.all() for _ in range(slot.count)]
    if not slots:
        return "It has no slots."
    try:
        draw_questions(None, interview, seed=0)
    except CannotFill as error:
        missing = Counter(slots[index].position for index in error.empty)
        by_slot = ", ".join(f"{count} in slot {position}" for position, count in missing.items())
        return f"Published questions are missing: {by_slot}."
    return ""
