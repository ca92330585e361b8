"""Interviews in Django's admin, as content.

attempts/admin/interview.py registers them, for it can say whether an interview can be filled.
"""

from operator import attrgetter

from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Sum
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_POST

from questions.admin.base import NewAtTheEnd, NoBulkDelete
from questions.admin.concurrent_edits import SharedAdmin
from questions.admin.interview_forms import InterviewForm, SlotForm, SlotFormSet
from questions.bank.slugs import free_slug
from questions.models import Interview, Question, Slot

COPY = " (copy)"
MAX_NAME = 120


class SlotInline(admin.TabularInline):
    model = Slot
    form = SlotForm
    formset = SlotFormSet
    ordering = ["position"]
    autocomplete_fields = ["question", "topic"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("interview", "question", "topic")

    def formfield_for_dbfield(self, db_field, request, **options):
        """Without the icons that open a question or topic elsewhere: rows have no room for them."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name == "question":
            field.queryset = Question.objects.select_related("current_version")
            field.label_from_instance = attrgetter("title")
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class InterviewAdmin(SharedAdmin, NoBulkDelete, NewAtTheEnd, admin.ModelAdmin):
    form = InterviewForm
    inlines = [SlotInline]
    list_display = ["name", "timing", "question_count", "seconds", "is_active", "position"]
    list_editable = ["position"]
    list_filter = ["is_active", "timing"]
    search_fields = ["name", "slug", "description"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(question_count=Sum("slots__count"))

    def get_fields(self, request, obj=None):
        """Without what is hidden; the template has that."""
        return [name for name in super().get_fields(request, obj) if name != "started_from"]

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Of steps that somebody else changed meanwhile, the saved ones: see InterviewForm."""
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in options and obj.pk and InterviewForm.steps_stay(request.POST, obj):
            shown = inline.get_formset(request, obj)(
                instance=obj, prefix=prefix, queryset=options["queryset"]
            )
            forms = [shown.management_form, *shown.forms]
            values = {field.html_name: field.value() for form in forms for field in form}
            options["data"] = {n: v for n, v in values.items() if v is not None}
        return options

    def get_urls(self):
        copy = self.admin_site.admin_view(require_POST(self.copy_view))
        return [path("<int:pk>/copy/", copy, name="questions_interview_copy"), *super().get_urls()]

    @transaction.atomic
    def copy_view(self, request, pk):
        """An interview with the same slots, hidden until somebody shows it."""
        original = get_object_or_404(Interview, pk=pk)
        if not (self.has_add_permission(request) and self.has_view_permission(request, original)):
            raise PermissionDenied
        slots = list(original.slots.all())
        copy, last = original, Interview.objects.aggregate(last=Max("position"))["last"] or 0
        said = f"Made as a copy of {original.name}."
        copy.slug = free_slug(original.slug, Interview.objects.all(), longest=50)
        copy.name = f"{original.name[: MAX_NAME - len(COPY)]}{COPY}"
        copy.is_active, copy.seed_hash, copy.position = False, "", last + 1
        copy.pk, copy._state.adding = None, True
        copy.save(force_insert=True)
        for slot in slots:
            slot.pk, slot._state.adding, slot.interview = None, True, copy
            slot.save(force_insert=True)
        LogEntry.objects.log_actions(request.user.pk, [copy], ADDITION, said, single_object=True)
        self.message_user(request, f"{said} It is hidden: make it active when it is ready.")
        return redirect("admin:questions_interview_change", copy.pk)

    @admin.display(description="questions", ordering="question_count", empty_value="0")
    def question_count(self, interview):
        return interview.question_count

    def save_formset(self, request, form, formset, change):
        """Slots may have traded questions: let go of all of them before taking new ones."""
        if formset.model is Slot:
            changed = [row.instance.pk for row in formset.initial_forms if row.has_changed()]
            Slot.objects.filter(pk__in=changed).update(question=None)
        super().save_formset(request, form, formset, change)
