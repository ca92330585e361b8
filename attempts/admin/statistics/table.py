"""The table of the statistics: its columns, its order, its headings, and the plot."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from attempts.admin.statistics.rows import StatisticsRow
from attempts.models import QuestionStatistics
from attempts.statistics.scatter import ScatterPlot, scatter_plot


@dataclass(frozen=True)
class Column:
    """name: in the address. field: what it sorts by. A first click sorts the worst rows first."""

    name: str
    heading: str
    field: str
    worst_is_lowest: bool = False


COLUMNS = (
    Column("question", "Question", "question__slug", worst_is_lowest=True),
    Column("asked", "Asked", "asked"),
    Column("share", "Mean share", "mean_share", worst_is_lowest=True),
    Column("skipped", "Skipped", "skip_rate"),
    Column("rushed", "Time ran out", "time_out_rate"),
    Column("time", "Median time", "time_ratio"),
    Column("missed", "Most-missed key point", "most_missed"),
    Column("corrected", "Most corrected", "most_corrected"),
    Column("discrimination", "Discrimination", "discrimination", worst_is_lowest=True),
    Column("reasons", "Reasons to look", "reasons"),
)
FIELDS = {column.name: column.field for column in COLUMNS}
DEFAULT_ORDER = "-reasons"


def order_in(text: str | None) -> str:
    """The order that an address asks for, a column with "-" before it for descending."""
    text = text or DEFAULT_ORDER
    return text if text.removeprefix("-") in FIELDS else DEFAULT_ORDER


def ids_in_order(
    rows: QuerySet[QuestionStatistics], order: str
) -> QuerySet[QuestionStatistics, int]:
    """The ids of all rows, sorted by a column; those without its number come last."""
    column = F(FIELDS[order.removeprefix("-")])
    direction = column.desc if order.startswith("-") else column.asc
    return rows.order_by(direction(nulls_last=True), "-asked", "id").values_list("pk", flat=True)


@dataclass(frozen=True)
class Heading:
    """A heading of the table. sort: the value of aria-sort, how the table is sorted by it now.

    order: what a click on it sorts by.
    """

    text: str
    sort: str
    order: str


def headings(order: str) -> list[Heading]:
    return [_heading(column, order) for column in COLUMNS]


def _heading(column: Column, order: str) -> Heading:
    name = column.name
    if order == f"-{name}":
        return Heading(column.heading, "descending", name)
    if order == name:
        return Heading(column.heading, "ascending", f"-{name}")
    return Heading(column.heading, "", name if column.worst_is_lowest else f"-{name}")


def plot_of(rows: QuerySet[QuestionStatistics], first: Sequence[StatisticsRow]) -> ScatterPlot:
    """All rows that have both numbers; those in `first` as crosses with their number."""
    both = rows.filter(mean_share__isnull=False, discrimination__isnull=False)
    numbered = [
        (number, row.numbers.mean_share, row.numbers.discrimination)
        for number, row in enumerate(first, start=1)
    ]
    return scatter_plot(both.values_list("mean_share", "discrimination"), numbered)
