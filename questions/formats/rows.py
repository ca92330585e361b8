"""The rows of a file: raw values to an Item, each mistake with its fix."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from questions.formats.fields import QUESTION, Check, meant_by
from questions.formats.point_by_point import settle_points
from questions.formats.records import Item, Mistake, QuestionValues, WrongValue
from questions.rules.prompts import prompt_key, prompt_title

NAME_LENGTH = 70
MAX_ROWS = 20_000
"""Questions in one file."""
EMPTY: tuple[object, ...] = (None, "", [], {})
REPEATED_FIXES = {
    "uid": "Remove one of them, or give it another one.",
    "foreign_id": "Remove one of them, or give it another one.",
    "slug": "Remove one of them, or give it another one.",
    "prompt": "Remove one of them, or reword it so that it asks something else.",
}
"""What an editor of any format can do."""


def item(
    place: str,
    raw: Mapping[str, object],
    mistakes: Iterable[Mistake] = (),
    checks: Mapping[str, Check[object]] = QUESTION,
    not_taken: Iterable[str] = (),
    foreign_id: str = "",
    title: str = "",
) -> Item:
    """A row. raw: values by field, as texts or as JSON has them.

    mistakes: those that its reader knows of already. checks: those of its fields. not_taken,
    foreign_id and title: as in Item. A field that this bank does not know is not taken, unless it
    looks like a mistyped one.
    """
    values: dict[str, object] = {}
    all_mistakes = list(mistakes)
    fallen = list(not_taken)
    for field, value in raw.items():
        check = checks.get(field)
        if check is None:
            if str(field).casefold() == "id" and not foreign_id:
                foreign_id = str(value or "")
            elif meant := meant_by(str(field), checks):
                fix = f"Did you mean {meant}?"
                all_mistakes.append(Mistake(str(field)[:50], "is not a field of a question", fix))
            elif value not in EMPTY:
                fallen.append(f"field {str(field)[:50]}")
            continue
        try:
            checked = check(value)
        except WrongValue as wrong:
            all_mistakes.append(Mistake(field, wrong.what, wrong.fix))
        else:
            if checked is not None:
                values[field] = checked
    all_mistakes += settle_points(values)
    kept = cast("QuestionValues", values)
    name = _name(values) or shortened(title)
    return Item(place, name, kept, tuple(all_mistakes), tuple(fallen), foreign_id, shortened(title))


def _name(values: Mapping[str, object]) -> str:
    return shortened(prompt_title(str(values.get("prompt") or values.get("slug") or "")))


def shortened(text: str) -> str:
    """A name on one line, no longer than a table has room for."""
    name = " ".join(text.split())
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"


def with_repeats_marked(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items; each that has the uid, the slug or the foreign id of another is wrong.

    A prompt may come twice, as a draft and the question that it was copied from have the same. It
    is wrong only in a row that nothing else identifies.
    """
    items = tuple(items)
    extra: dict[int, list[Mistake]] = defaultdict(list)
    for field, fix in REPEATED_FIXES.items():
        for indexes in _alike(items, field):
            for index in indexes:
                if field == "prompt" and not known_by_prompt_only(items[index]):
                    continue
                other = next(i for i in indexes if i != index)
                what = f"is the same as {at(items[other], beside=items[index])}"
                extra[index].append(Mistake(field, what, fix))
    return tuple(
        replace(row, mistakes=(*row.mistakes, *extra[index])) if index in extra else row
        for index, row in enumerate(items)
    )


def at(other: Item, *, beside: Item) -> str:
    """Where another row is, with the names of both where the file names its questions."""
    if not (other.title and beside.title):
        return f"at {other.place}"
    return f"at {other.place}, where “{other.title}” asks what “{beside.title}” asks here"


def known_by_prompt_only(item: Item) -> bool:
    """Whether nothing but its prompt says which question a row is about."""
    has_id = item.foreign_id or item.values.get("foreign_ids")
    return not has_id and "uid" not in item.values and "slug" not in item.values


def _alike(items: tuple[Item, ...], field: str) -> list[list[int]]:
    """The indexes of items with the same value in a field: a list for each repeated value."""
    indexes: dict[object, list[int]] = defaultdict(list)
    for index, row in enumerate(items):
        if value := _identity(row, field):
            indexes[value].append(index)
    return [alike for alike in indexes.values() if len(alike) > 1]


def _identity(item: Item, field: str) -> object:
    """What rows must not have in common in a field."""
    values: Mapping[str, object] = item.values
    if field == "foreign_id":
        return " ".join(item.foreign_id.split())
    value = values.get(field)
    return prompt_key(str(value)) if field == "prompt" and value else value
