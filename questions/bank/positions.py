"""Where a new row of an ordered list goes."""

from django.db.models import Max, Model


def next_position(model: type[Model]) -> int:
    """The position after the last row of a model; 1 if there is none."""
    last: int | None = model._default_manager.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
