"""Where a new row of an ordered list goes."""

from django.db.models import Max, Model, QuerySet


def next_position(rows: QuerySet | type[Model]) -> int:
    """The position after the last row of a queryset, or of a model; 1 if there is none."""
    queryset = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    last: int | None = queryset.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
