"""Interviews in Django's admin, as content.

attempts/admin/interview.py registers them, because it can also say whether the bank has enough
questions for one.
"""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet, Sum
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from questions.admin.concurrent.deletion import NoUnseenDelete
from questions.admin.concurrent.forms import NoOverwriteForm
from questions.admin.concurrent.lists import PositionedAdmin
from questions.admin.lists.search import FoldedSearch
from questions.admin.slots import SLOTS, SlotInline, saved_slots, slots_in_words, typed_slots
from questions.bank.copies import copy_interview
from questions.models import MAX_SECONDS, Interview, Slot, Timing
from questions.rules.limits import MAX_FOLLOW_UPS


class InterviewForm(NoOverwriteForm):
    """An interview. Its slots are one value here, to see whether somebody else changed them."""

    follow_ups = forms.TypedChoiceField(
        choices=[(0, "None"), *((n, f"At most {n}") for n in range(1, MAX_FOLLOW_UPS + 1))],
        coerce=int,
        required=False,
        empty_value=None,
        help_text="To each question, with per-question timing: after an answer, the interviewer"
        " asks about a key point that it lacks.",
    )
    follow_up_seconds = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MAX_SECONDS,
        help_text="The time to answer a follow-up.",
    )
    reported_even_if_equal = (SLOTS,)  # Rows with the same texts may be other rows.

    class Meta:
        model = Interview
        fields = [
            *["name", "slug", "description", "timing", "seconds", "think_seconds"],
            *["follow_ups", "follow_up_seconds", "is_active", "position"],
        ]
        widgets = {"description": forms.Textarea(attrs={"rows": 4, "cols": 80})}

    def saved_values(self) -> dict[str, str]:
        slots = saved_slots(self.instance) if self.instance.pk else ""
        return {**super().saved_values(), SLOTS: slots}

    def typed_values(self) -> dict[str, str]:
        return {**super().typed_values(), SLOTS: typed_slots(self.data)}

    def label_of(self, name: str) -> str:
        if name == SLOTS:
            return "Slots (the rows below are the saved ones)"
        return super().label_of(name)

    def shown(self, name: str, value: str) -> str:
        return slots_in_words(value) if name == SLOTS else super().shown(name, value)

    def clean(self) -> dict:
        cleaned = super().clean()
        if "timing" in cleaned and "seconds" in cleaned:
            if cleaned["timing"] == Timing.TOTAL and cleaned["seconds"] is None:
                self.add_error("seconds", "With one clock for all, give the seconds in all.")
            if cleaned["timing"] == Timing.PER_QUESTION and cleaned["seconds"] is not None:
                self.add_error("seconds", "With per-question timing, leave this empty.")
        if cleaned.get("timing") == Timing.TOTAL and cleaned.get("follow_ups"):
            self.add_error("follow_ups", "Follow-ups need per-question timing.")
        if "follow_ups" in cleaned:
            cleaned["follow_ups"] = cleaned["follow_ups"] or 0
        if cleaned.get("follow_up_seconds") is None and "follow_up_seconds" not in self.errors:
            cleaned["follow_up_seconds"] = self.instance.follow_up_seconds
        return cleaned


class InterviewAdmin(NoUnseenDelete, PositionedAdmin, FoldedSearch):
    form = InterviewForm
    inlines = [SlotInline]
    list_display = ["name", "timing", "question_count", "seconds", "is_active", "position"]
    list_editable = ["position"]
    list_filter = ["is_active", "timing"]
    search_fields = ["name", "slug", "description"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Interview]:
        rows: QuerySet[Interview] = super().get_queryset(request)
        return rows.annotate(question_count=Sum("slots__count"))

    @admin.display(description="questions", ordering="question_count", empty_value="0")
    def question_count(self, interview: Interview) -> int | None:
        count: int | None = getattr(interview, "question_count", None)  # None: it has no slots.
        return count

    def belonging_to(self, row: Model) -> str:
        return saved_slots(row) if isinstance(row, Interview) else ""

    def save_formset(
        self, request: HttpRequest, form: InterviewForm, formset: BaseInlineFormSet, change: bool
    ) -> None:
        """Slots may swap questions, so all give up their old ones before they take new ones."""
        if formset.model is Slot:
            changed = [row.instance.pk for row in formset.initial_forms if row.has_changed()]
            Slot.objects.filter(pk__in=changed).update(question=None)
        super().save_formset(request, form, formset, change)

    def get_urls(self) -> list[URLPattern]:
        copy = self.admin_site.admin_view(self.copy_view)
        return [path("<int:pk>/copy/", copy, name="questions_interview_copy"), *super().get_urls()]

    @method_decorator([require_POST, transaction.atomic])
    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make an interview with the same slots, which candidates do not see yet."""
        original = get_object_or_404(Interview, pk=pk)
        if not (self.has_add_permission(request) and self.has_view_permission(request, original)):
            raise PermissionDenied
        copy = copy_interview(original)
        message = f"Made as a copy of {original.name}."
        self.log_addition(request, copy, message)
        self.message_user(request, f"{message} It is hidden. Make it active when it is ready.")
        return redirect("admin:questions_interview_change", copy.pk)
