"""The checks of phrasings: a list with an entry for each key point, or two columns of a table."""

from collections.abc import Iterable, Mapping

from questions.formats.fields.texts import at_most, is_list_of_texts, text
from questions.formats.records import PhrasingRecord, PhrasingRecords, WrongValue
from questions.rules import numbered
from questions.rules.limits import MAX_TEXT
from questions.rules.phrasings import Kind, WrongStatement, cleaned

PHRASINGS: Mapping[str, Kind] = {"also_said_as": "accept", "not_to_be_confused_with": "reject"}
"""The two lists of a phrasing, and the columns of a table, with the kind of their statements."""


def phrasings(value: object) -> PhrasingRecords | None:
    """An entry for each key point, with two lists of texts; an empty list if no point has any."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        fix = f"Write {' and '.join(PHRASINGS)} in each entry."
        raise WrongValue("should be a list with an entry for each key point", fix)
    if len(value) > numbered.MAX_NUMBER:
        raise WrongValue(f"has {len(value):,} entries", f"Write {numbered.MAX_NUMBER} or fewer.")
    records = any_of(_phrasing(f"entry {n}", entry) for n, entry in enumerate(value, start=1))
    for name in PHRASINGS:
        at_most(MAX_TEXT, numbered.numbered(getattr(record, name) for record in records))
    return records


def any_of(records: Iterable[PhrasingRecord]) -> PhrasingRecords:
    """The phrasings of a question's key points, () if all are empty."""
    records = tuple(records)
    return records if any(record != PhrasingRecord() for record in records) else ()


def _phrasing(place: str, entry: Mapping[object, object]) -> PhrasingRecord:
    if unknown := [str(name)[:50] for name in entry if name not in PHRASINGS]:
        fix = f"Write {' and '.join(PHRASINGS)}."
        raise WrongValue(f"has the unknown field {unknown[0]} in {place}", fix)
    lists: list[list[str]] = []
    for name in PHRASINGS:
        statements = entry.get(name)
        if statements is not None and not is_list_of_texts(statements):
            fix = "Write each statement as a text of its own."
            raise WrongValue(f"needs a list of texts in {place}, {name}", fix)
        lists.append(statements or [])
    try:
        return phrasing_record(*lists)
    except WrongStatement as wrong:
        name = field_of(wrong.kind)
        raise WrongValue(f"{place}, {name} {wrong.what}", wrong.fix) from None


def check_number(phrasings: PhrasingRecords, key_points: int) -> None:
    """Raises WrongValue unless there is an entry for each key point, or none at all."""
    if phrasings and len(phrasings) != key_points:
        what = f"has {len(phrasings)} entries for {key_points} key points"
        raise WrongValue(what, "Write one for each key point, in their order.")


def phrasing_record(accept: Iterable[str], reject: Iterable[str]) -> PhrasingRecord:
    """Raises WrongStatement."""
    kept = cleaned(accept, reject)
    return PhrasingRecord(tuple(kept["accept"]), tuple(kept["reject"]))


def field_of(kind: Kind) -> str:
    return next(name for name, its_kind in PHRASINGS.items() if its_kind == kind)


def numbered_statements(value: object) -> dict[int, list[str]]:
    """Statements by the number of their key point, from a text with lines such as “2: it caches”"""
    try:
        return numbered.by_number(text(value))
    except ValueError as error:
        if isinstance(error, WrongValue):
            raise
        fix = "Write each as “1: statement”, with the number of its key point."
        raise WrongValue(f"has the line “{error}” without such a number", fix) from None
