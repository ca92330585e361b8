"""The check of follow-ups: a list with one for each key point, or a text with numbered lines."""

from collections.abc import Iterable

from questions.formats.fields.statements import numbered_statements
from questions.formats.fields.texts import is_list_of_texts
from questions.formats.records import WrongValue
from questions.rules.follow_ups import follow_ups_of, objection
from questions.rules.numbered import MAX_NUMBER, numbered

Numbered = dict[int, str]
"""Follow-ups by the number of their key point."""


def follow_ups(value: object) -> tuple[str, ...] | Numbered:
    """Those of a list, "" where a point has none; () if there are none. A text gives Numbered."""
    return _by_number(value) if value is None or isinstance(value, str) else in_list(value)


def in_list(value: object) -> tuple[str, ...]:
    """Those of a list."""
    listed = ["" if entry is None else entry for entry in value] if isinstance(value, list) else []
    if not isinstance(value, list) or not is_list_of_texts(listed):
        fix = "Write one for each key point, as a text of its own."
        raise WrongValue("should be a list of texts", fix)
    stored = _checked(listed)
    if any(stored[MAX_NUMBER:]):
        fix = f"Write follow-ups to the first {MAX_NUMBER} key points only."
        raise WrongValue(f"has {len(stored):,} entries", fix)
    return stored


def _by_number(value: str | None) -> tuple[str, ...] | Numbered:
    lines = numbered_statements(value)
    for number, said in lines.items():
        if len(said) > 1:
            raise WrongValue(f"has {len(said)} follow-ups to key point {number}", "Keep one.")
    last = max(lines, default=0)
    kept = _checked(lines.get(number, [""])[0] for number in range(1, last + 1))
    return {number: said for number, said in enumerate(kept, start=1) if said} or ()


def _checked(texts: Iterable[str]) -> tuple[str, ...]:
    stored = tuple(follow_ups_of(texts))
    for number, follow_up in enumerate(stored, start=1):
        if wrong := objection(follow_up):
            raise WrongValue(f"{wrong[0]} in the one to key point {number}", wrong[1])
    return stored


def check_number(follow_ups: tuple[str, ...], key_points: int) -> None:
    """Raises WrongValue unless there is one for each key point, or none at all."""
    if follow_ups and len(follow_ups) != key_points:
        what = f"has {len(follow_ups)} entries for {key_points} key points"
        fix = "Write one for each key point, in their order, and an empty text where there is none."
        raise WrongValue(what, fix)


def as_text(follow_ups: tuple[str, ...]) -> str:
    """The follow-ups as the text of a cell, one a line, after the number of its key point."""
    return numbered([said] if said else [] for said in follow_ups)
