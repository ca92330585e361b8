"""What a row says of each of its key points, held against the key points that it has."""

from collections.abc import Callable, Mapping
from typing import cast

from questions.formats.fields import follow_up_texts, statements
from questions.formats.fields.follow_up_texts import Numbered
from questions.formats.fields.statements import PHRASINGS, any_of, field_of, phrasing_record
from questions.formats.records import Mistake, PhrasingRecord, PhrasingRecords, WrongValue
from questions.rules.phrasings import WrongStatement

Values = dict[str, object]


class _Misplaced(Exception):
    def __init__(self, *mistake: str) -> None:
        self.mistake = Mistake(*mistake)


def settle_points(values: Values) -> list[Mistake]:
    """Bring phrasings and follow-ups into the order of the key points.

    Those of columns are put together. Wrong ones are left out, and their mistakes returned.
    """
    key_points = values.get("key_points")
    points = len(key_points) if isinstance(key_points, tuple) else None
    mistakes = []
    settlers: tuple[Callable[[Values, int | None], None], ...] = (_phrasings, _follow_ups)
    for settle in settlers:
        try:
            settle(values, points)
        except _Misplaced as misplaced:
            mistakes.append(misplaced.mistake)
    return mistakes


def _follow_ups(values: Values, points: int | None) -> None:
    """points: how many key points the row has; None if it does not say. Raises _Misplaced."""
    said = values.pop("follow_ups", None)
    if isinstance(said, dict):
        numbered = cast("Numbered", said)
        last = max(numbered)
        if points is not None and last > points:
            what = f"has a follow-up to key point {last}, and there are {points}"
            raise _Misplaced("follow_ups", what, "Correct the number.")
        numbers = range(1, (points or last) + 1)
        values["follow_ups"] = tuple(numbered.get(number, "") for number in numbers)
    elif isinstance(said, tuple):
        if points is not None:
            _check("follow_ups", lambda: follow_up_texts.check_number(said, points))
        values["follow_ups"] = said


def _phrasings(values: Values, points: int | None) -> None:
    has_columns = any(name in values for name in PHRASINGS)
    columns = {name: values.pop(name, {}) for name in PHRASINGS}
    if has_columns:
        numbers = cast("dict[str, dict[int, list[str]]]", columns)
        values["phrasings"] = _joined(numbers, points)
        return
    records = values.pop("phrasings", None)
    if isinstance(records, tuple):
        if points is not None:
            _check("phrasings", lambda: statements.check_number(records, points))
        values["phrasings"] = records


def _check(field: str, check: Callable[[], None]) -> None:
    try:
        check()
    except WrongValue as wrong:
        raise _Misplaced(field, wrong.what, wrong.fix) from None


def _joined(columns: Mapping[str, Mapping[int, list[str]]], points: int | None) -> PhrasingRecords:
    last = 0
    for name, numbers in columns.items():
        last = max(last, *numbers, 0)
        if points is not None and last > points:
            what = f"has a statement about key point {last}, and there are {points}"
            raise _Misplaced(name, what, "Correct the number.")
    return any_of(_record(columns, number) for number in range(1, (points or last) + 1))


def _record(columns: Mapping[str, Mapping[int, list[str]]], number: int) -> PhrasingRecord:
    accept, reject = (numbers.get(number, []) for numbers in columns.values())
    try:
        return phrasing_record(accept, reject)
    except WrongStatement as wrong:
        what = f"{wrong.what} (key point {number})"
        raise _Misplaced(field_of(wrong.kind), what, wrong.fix) from None
