"""What a row of any format must be: raw values to an Item, each mistake with its fix."""

import difflib
import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from questions.formats.records import FIELDS, MAX_TEXT, SLUG, TEXTS, UNSTORABLE, Item, Mistake

DIFFICULTIES = {"easy": 1, "medium": 2, "hard": 3}
STATUSES = ("draft", "published", "retired")
MAX_SECONDS = 86_400
NAME_LENGTH = 70


class Wrong(ValueError):
    """Why a value is refused, and the fix."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.mistake = (what, fix)


def item(place: str, raw: Mapping[str, Any], mistakes: Iterable[Mistake] = ()) -> Item:
    """A row. raw: values by field, as texts or as what JSON has; empty ones count as not there.

    A text that is there and empty counts as empty, so that a file can empty it.
    """
    values: dict[str, Any] = {}
    found = list(mistakes)
    for field, value in raw.items():
        check = CHECKS.get(field)
        if check is None:
            found.append(Mistake(str(field)[:50], "is no field of a question", closest(str(field))))
            continue
        try:
            checked = check(value)
        except Wrong as wrong:
            found.append(Mistake(field, *wrong.mistake))
        else:
            if checked is not None:
                values[field] = checked
    return Item(place, _name(values), values, tuple(found))


def closest(field: str) -> str:
    """The fix for a field that there is not."""
    near = difflib.get_close_matches(field.casefold(), FIELDS, n=1)
    return f"Did you mean {near[0]}?" if near else f"Remove it. There are {', '.join(FIELDS)}."


def prompt_key(prompt: str) -> str:
    """Equal for prompts that a reader takes for the same."""
    return " ".join(prompt.split()).casefold()


def mark_twice(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items; those that claim the same uid or slug as another are wrong, each.

    So are those that only their prompt makes known, if another has it. Others may share theirs,
    as a draft and the question that it is a copy of do.
    """
    items = tuple(items)
    extra: dict[int, list[Mistake]] = defaultdict(list)
    for field in ("uid", "slug", "prompt"):
        for indexes in _alike(items, field):
            for index in indexes:
                if field == "prompt" and not only_prompt(items[index]):
                    continue
                other = next(i for i in indexes if i != index)
                what = f"is the same as at {items[other].place}"
                extra[index].append(Mistake(field, what, DUPLICATE_FIXES[field]))
    return tuple(
        replace(row, mistakes=(*row.mistakes, *extra[index])) if index in extra else row
        for index, row in enumerate(items)
    )


DUPLICATE_FIXES = {
    "uid": "Remove one of them, or change it.",
    "slug": "Remove one of them, or change it.",
    "prompt": "Remove one of them, or give each row a slug.",
}


def only_prompt(item: Item) -> bool:
    """Whether nothing but its prompt says which question a row is about."""
    return "uid" not in item.values and "slug" not in item.values


def _alike(items: tuple[Item, ...], field: str) -> list[list[int]]:
    """Which items have the same value in a field, by index; only where there are several."""
    places: dict[Any, list[int]] = defaultdict(list)
    for index, row in enumerate(items):
        if field in row.values:
            value = row.values[field]
            places[prompt_key(value) if field == "prompt" else value].append(index)
    return [indexes for indexes in places.values() if len(indexes) > 1]


def normal(text: str) -> str:
    """A text as the bank stores it: line ends are \\n, and no blanks around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def one_line(text: str) -> str:
    """A key point as the bank stores it: each stands on one line, as editors see them."""
    return " ".join(line.strip() for line in normal(text).splitlines())


def _name(values: Mapping[str, Any]) -> str:
    name = " ".join(str(values.get("prompt") or values.get("slug") or "").split())
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"


def _string(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Wrong("should be a text", "Write it as a text, in quotes where the format has them.")
    text = normal(str(value))
    if unstorable := UNSTORABLE.search(text):
        raise Wrong(f"has the character {unstorable[0]!a}, which can't be stored", "Remove it.")
    return text


def _text(value: Any) -> str:
    text = _string(value)
    if len(text) > MAX_TEXT:
        what = f"has {len(text):,} characters"
        raise Wrong(what, f"Shorten it to {MAX_TEXT:,} or fewer.")
    return text


def _prompt(value: Any) -> str:
    text = _text(value)
    if not text:
        raise Wrong("is empty", "Write the question as it is asked.")
    return text


def _short(longest: int) -> Callable[[Any], str | None]:
    def check(value: Any) -> str | None:
        text = " ".join(_string(value).split())
        if len(text) > longest:
            raise Wrong(f"has {len(text):,} characters", f"Shorten it to {longest} or fewer.")
        return text or None

    return check


def _slug(value: Any) -> str | None:
    text = _short(80)(value)
    if text and not SLUG.fullmatch(text):
        fix = "Use letters, digits, hyphens and underscores only, or leave it empty."
        raise Wrong(f"“{text[:40]}” can't be a slug", fix)
    return text


def _uid(value: Any) -> uuid.UUID | None:
    text = _string(value)
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        fix = "Copy it from an export, or leave it empty for a new question."
        raise Wrong(f"“{text[:40]}” is no UUID", fix) from None


def _number(low: int, high: int, words: Mapping[str, int]) -> Callable[[Any], int | None]:
    allowed = f"a whole number from {low} to {high}" + "".join(f", or {word}" for word in words)

    def check(value: Any) -> int | None:
        if isinstance(value, str):
            value = words.get(value.strip().casefold(), value.strip())
            if not value:
                return None
            if re.fullmatch(r"[0-9]{1,9}", value) if isinstance(value, str) else False:
                value = int(value)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise Wrong(f"should be {allowed}", f"Write {allowed}.")
        return value

    return check


def _status(value: Any) -> str | None:
    text = _string(value).casefold()
    if text and text not in STATUSES:
        raise Wrong(f"“{text[:40]}” is no status", f"Write {', '.join(STATUSES)} or nothing.")
    return text or None


def _key_points(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = normal(value).splitlines()
    if value is None:
        value = []
    if not isinstance(value, list) or not all(isinstance(point, str) for point in value):
        raise Wrong("should be a list of texts", "Write each key point as a text of its own.")
    points = tuple(filter(None, (one_line(_string(point)) for point in value)))
    _text("\n".join(points))
    times = Counter(point.casefold() for point in points)
    for point in points:
        if times[point.casefold()] > 1:
            raise Wrong(f"“{point[:60]}” comes twice", "Remove one of them.")
    return points


CHECKS: dict[str, Callable[[Any], Any]] = {
    "uid": _uid,
    "slug": _slug,
    "topic": _short(80),
    "topic_name": _short(80),
    "difficulty": _number(1, 3, DIFFICULTIES),
    "seconds": _number(1, MAX_SECONDS, {}),
    "status": _status,
    **dict.fromkeys(TEXTS, _text),
    "prompt": _prompt,
    "key_points": _key_points,
}
