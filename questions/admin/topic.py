"""Topics in Django's admin."""

from django.contrib import admin
from django.db.models import Count

from questions.admin.base import NewAtTheEnd, NoBulkDelete
from questions.models import Topic


@admin.register(Topic)
class TopicAdmin(NoBulkDelete, NewAtTheEnd, admin.ModelAdmin):
    list_display = ["name", "slug", "question_count", "position"]
    list_editable = ["position"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(question_count=Count("questions"))

    @admin.display(description="questions", ordering="question_count")
    def question_count(self, topic):
        return topic.question_count
