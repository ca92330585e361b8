"""Topics in Django's admin."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from questions.admin.concurrent.deletion import NoUnseenDelete
from questions.admin.concurrent.forms import NoOverwriteForm
from questions.admin.concurrent.lists import PositionedAdmin
from questions.admin.lists.search import FoldedSearch
from questions.models import Topic


class TopicForm(NoOverwriteForm):
    class Meta:
        model = Topic
        fields = ["name", "slug", "position"]


@admin.register(Topic)
class TopicAdmin(NoUnseenDelete, PositionedAdmin, FoldedSearch):
    form = TopicForm
    list_display = ["name", "slug", "question_count", "position"]
    list_editable = ["position"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        rows: QuerySet[Topic] = super().get_queryset(request)
        return rows.annotate(question_count=Count("questions"))

    @admin.display(description="questions", ordering="question_count")
    def question_count(self, topic: Topic) -> int:
        count: int = getattr(topic, "question_count", 0)
        return count
