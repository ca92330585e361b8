"""Topics in Django's admin."""

from collections.abc import Sequence

from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest

from questions.admin.concurrent.deletion import NoUnseenDelete
from questions.admin.concurrent.forms import NoOverwriteForm
from questions.admin.concurrent.lists import PositionedAdmin
from questions.admin.lists.search import FoldedSearch
from questions.models import Question, Slot, Topic
from questions.rules.numbers import counted


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
    readonly_fields = ["used_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        rows: QuerySet[Topic] = super().get_queryset(request)
        return rows.annotate(question_count=Count("questions"))

    @admin.display(description="questions", ordering="question_count")
    def question_count(self, topic: Topic) -> int:
        count: int = getattr(topic, "question_count", 0)
        return count

    def can_go(self, row: Model) -> bool:
        return isinstance(row, Topic) and not _uses(row)

    @admin.display(description="used by")
    def used_by(self, topic: Topic) -> str:
        """Why the topic can't be deleted, or that it can."""
        if uses := _uses(topic):
            return f"{uses}. It can't be deleted as long as they have this topic."
        return "Nothing. It can be deleted."

    def get_deleted_objects(
        self, objs: Sequence[Topic] | QuerySet[Topic], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """As Django does it. Of a topic that is used, how often it is used, not each question."""
        protected = [f"{topic}: {uses}." for topic in objs if (uses := _uses(topic))]
        if protected:
            return [], {}, set(), protected
        return super().get_deleted_objects(objs, request)


def _uses(topic: Topic) -> str:
    """How many questions and slots have the topic, in words; empty if none has."""
    counts = {
        "question": Question.objects.filter(topic=topic).count(),
        "slot": Slot.objects.filter(topic=topic).count(),
    }
    return " and ".join(counted(count, name) for name, count in counts.items() if count)
