"""Interviews in Django's admin, as content.

attempts/admin.py registers them, for it can say whether an interview can be filled.
"""

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Sum

from questions.admin import NewAtTheEnd
from questions.interview_forms import InterviewForm, SlotForm, SlotFormSet
from questions.models import Slot


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
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class InterviewAdmin(NewAtTheEnd, admin.ModelAdmin):
    form = InterviewForm
    inlines = [SlotInline]
    list_display = ["name", "timing", "question_count", "seconds", "is_active", "position"]
    list_editable = ["position"]
    list_filter = ["is_active", "timing"]
    search_fields = ["name", "slug", "description"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(question_count=Sum("slots__count"))

    @admin.display(description="questions", ordering="question_count", empty_value="0")
    def question_count(self, interview):
        return interview.question_count

    def save_formset(self, request, form, formset, change):
        """Slots may have traded questions: let go of all of them before taking new ones."""
        if formset.model is Slot:
            changed = [row.instance.pk for row in formset.initial_forms if row.has_changed()]
            Slot.objects.filter(pk__in=changed).update(question=None)
        super().save_formset(request, form, formset, change)
