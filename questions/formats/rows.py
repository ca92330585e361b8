"""The rows of a file: raw values to an Item, each mistake with its fix."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from questions.formats.fields import QUESTION, WrongValue, fix_for_unknown
from questions.formats.records import Item, Mistake, QuestionValues
from questions.rules.prompts import prompt_key

NAME_LENGTH = 70
REPEATED_FIXES = {
    "uid": "Remove one of them, or change it.",
    "slug": "Remove one of them, or change it.",
    "prompt": "Remove one of them, or give each row a slug.",
}


def item(place: str, raw: Mapping[str, object], mistakes: Iterable[Mistake] = ()) -> Item:
    """A row. raw: values by field, as texts or as JSON has them.

    mistakes: those that its reader knows of already.
    """
    values: dict[str, object] = {}
    all_mistakes = list(mistakes)
    for field, value in raw.items():
        check = QUESTION.get(field)
        if check is None:
            fix = fix_for_unknown(str(field))
            all_mistakes.append(Mistake(str(field)[:50], "is not a field of a question", fix))
            continue
        try:
            checked = check(value)
        except WrongValue as wrong:
            all_mistakes.append(Mistake(field, wrong.what, wrong.fix))
        else:
            if checked is not None:
                values[field] = checked
    return Item(place, _name(values), cast("QuestionValues", values), tuple(all_mistakes))


def _name(values: Mapping[str, object]) -> str:
    name = " ".join(str(values.get("prompt") or values.get("slug") or "").split())
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"


def with_repeats_marked(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items; each that has the uid or slug of another is wrong.

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
                what = f"is the same as at {items[other].place}"
                extra[index].append(Mistake(field, what, fix))
    return tuple(
        replace(row, mistakes=(*row.mistakes, *extra[index])) if index in extra else row
        for index, row in enumerate(items)
    )


def known_by_prompt_only(item: Item) -> bool:
    """Whether nothing but its prompt says which question a row is about."""
    return "uid" not in item.values and "slug" not in item.values


def _alike(items: tuple[Item, ...], field: str) -> list[list[int]]:
    """The indexes of items with the same value in a field: a list for each repeated value."""
    indexes: dict[object, list[int]] = defaultdict(list)
    for index, row in enumerate(items):
        values: Mapping[str, object] = row.values
        if field in values:
            value = values[field]
            indexes[prompt_key(str(value)) if field == "prompt" else value].append(index)
    return [alike for alike in indexes.values() if len(alike) > 1]
