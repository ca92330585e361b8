"""Statistics in the admin: one page for the whole bank, and one for each question."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from attempts.admin.base import ReadOnly
from attempts.models import QuestionStatistics
from attempts.statistics import compute
from attempts.statistics.scatter import picture
from questions.models import Question

PAGE = 50
FIRST = 15
"""Questions that need a look, shown above the table and by number in the picture."""

ORDERS = {
    "question": "question__slug",
    "asked": "asked",
    "share": "mean_share",
    "skipped": "skip_rate",
    "rushed": "time_out_rate",
    "time": "time_ratio",
    "missed": "most_missed",
    "discrimination": "discrimination",
    "reasons": "reasons",
}
COLUMNS = (
    ("question", "Question"),
    ("asked", "Asked"),
    ("share", "Mean share"),
    ("skipped", "Skipped"),
    ("rushed", "Time ran out"),
    ("time", "Median time"),
    ("missed", "Most-missed key point"),
    ("discrimination", "Discrimination"),
    ("reasons", "Reasons to look"),
)
TEXTS = [
    *("question", "question__slug", "question__seconds", "question__current_version"),
    *("question__current_version__prompt", "version"),
    *("question__current_version__key_points", "version__number", "version__prompt"),
    *["version__key_points"],
    *("asked", "reached", "scored", "mean_share", "skip_rate", "time_out_rate", "median_seconds"),
    *("paired", "discrimination", "ticked", "miss_rates", "most_missed"),
]


class Row:
    """A row of the table as it is read: the numbers with their words."""

    def __init__(self, row: QuestionStatistics, reported: dict[int, int], key: str):
        self.of, self.question = row, row.question
        self.version = row.version or row.question.current_version
        self.open_reports = reported.get(getattr(row, f"{key}_id"), 0)

    @property
    def url(self) -> str:
        return reverse("admin:attempts_questionstatistics_question", args=[self.question.pk])

    @property
    def label(self) -> str:
        text = self.version.prompt if self.version else self.question.slug
        return text if len(text) <= 90 else f"{text[:89].rstrip()}…"

    @property
    def points(self) -> list[tuple[str, float]]:
        """Each key point with the part of the answers that miss it; empty where none is ticked."""
        texts = self.version.key_points if self.version else []
        rates = self.of.miss_rates
        return list(zip(texts, rates, strict=True)) if len(texts) == len(rates) else []

    @property
    def missed_point(self) -> tuple[str, float] | None:
        return max(self.points, key=lambda point: point[1], default=None)

    @property
    def why(self) -> list[str]:
        """The rules that hold, in words."""
        return [rule.words for rule in compute.RULES if getattr(self.of, rule.holds)]

    @property
    def too_few(self) -> bool:
        return self.of.paired < compute.ENOUGH


@admin.register(QuestionStatistics)
class StatisticsAdmin(ReadOnly, admin.ModelAdmin):
    """Whoever may view questions may view these; there is nothing to change."""

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("questions.view_question")

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.bank_view), name="attempts_questionstatistics_changelist"),
            path(
                "<int:pk>/",
                wrap(self.question_view),
                name="attempts_questionstatistics_question",
            ),
        ]

    def bank_view(self, request):
        return require_safe(self._bank)(request)

    def question_view(self, request, pk):
        return require_safe(self._question)(request, pk)

    def _bank(self, request):
        """The whole bank by question, or with ?by=version by version."""
        self._check(request)
        key = "version" if request.GET.get("by") == "version" else "question"
        order = request.GET.get("order", "-reasons")
        order = order if order.removeprefix("-") in ORDERS else "-reasons"
        reported = compute.open_reports(key)
        rows = compute.rows_by(key, reported)
        look = rows.filter(reasons__gt=0)
        first = read(rows, in_order(look, "-reasons")[:FIRST], reported, key)
        chosen = in_order(look if request.GET.get("look") else rows, order)
        page = Paginator(chosen, PAGE).get_page(request.GET.get("p"))
        context = {
            "by": key,
            "order": order,
            "look": bool(request.GET.get("look")),
            "headings": headings(order),
            "first": first,
            "look_count": look.count(),
            "page": page,
            "rows": read(rows, page.object_list, reported, key),
            "picture": drawn(rows, first),
            "never_asked": Question.objects.published().filter(statistics=None).count(),
        }
        return self._show(request, "bank", "Statistics of the questions", context)

    def _question(self, request, pk):
        """All versions of a question together, and each by itself with its key points."""
        self._check(request)
        question = get_object_or_404(Question.objects.select_related("current_version"), pk=pk)
        rows = []
        for key in ("question", "version"):
            reported = compute.open_reports(key)
            found = compute.rows_by(key, reported).filter(question=question)
            found = with_texts(found).order_by("-version__number")
            rows += [Row(row, reported, key) for row in found]
        context = {"question": question, "rows": rows, "headings": None}
        return self._show(request, "question", f"Statistics of {question}", context)

    def _check(self, request) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _show(self, request, name, title, context):
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "rules": compute.RULES,
            "enough": compute.ENOUGH,
            "columns": COLUMNS,
            "computed_at": compute.computed_at(),
            **context,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, f"admin/attempts/statistics/{name}.html", context)


def with_texts(rows: QuerySet) -> QuerySet:
    """With the texts that the table shows, and none of the long ones."""
    related = rows.select_related("question__current_version", "version")
    return related.only(*TEXTS)


def read(rows: QuerySet, chosen: QuerySet, reported, key) -> list[Row]:
    """The chosen of rows in their order. Only now are texts read: sorting would drag them along."""
    ids = list(chosen.values_list("pk", flat=True))
    found = {row.pk: row for row in with_texts(rows).filter(pk__in=ids)}
    return [Row(found[pk], reported, key) for pk in ids]


def in_order(rows: QuerySet, order: str) -> QuerySet:
    """Sorted by a column of ORDERS, "-" before it for the other way round; unknown comes last."""
    column = F(ORDERS[order.removeprefix("-")])
    way = column.desc if order.startswith("-") else column.asc
    return rows.order_by(way(nulls_last=True), "-asked", "id")


def headings(order: str) -> list[dict]:
    """The table's columns: how each is sorted now, and how a click on it would sort."""
    found = []
    for name, words in COLUMNS:
        worst_first = name if name in ("question", "share", "discrimination") else f"-{name}"
        sort, link = "", worst_first
        if order.removeprefix("-") == name:
            falls = order.startswith("-")
            sort, link = ("descending", name) if falls else ("ascending", f"-{name}")
        found.append({"words": words, "sort": sort, "order": link})
    return found


def drawn(rows: QuerySet, first: list[Row]):
    """The picture of all rows that have both numbers; those in `first` by their number."""
    both = rows.filter(mean_share__isnull=False, discrimination__isnull=False)
    places = list(both.values_list("mean_share", "discrimination"))
    numbered = [
        (number, row.of.mean_share, row.of.discrimination)
        for number, row in enumerate(first, start=1)
    ]
    return {"drawn": picture(places, numbered), "count": len(places)}
