"""Fingerprints of values that a page showed, to tell whether they are still the saved ones."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from django.db.models import Model
from django.http import QueryDict

from questions.rules.texts import normal_text


def as_submitted(value: object) -> str:
    """A value as a browser submits it, in the form in which texts are stored.

    Of several rows or keys: their keys in order, a line for each.
    """
    if value is None:
        return ""
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "\n".join(sorted(str(v.pk) if isinstance(v, Model) else str(v) for v in value))
    return normal_text(str(value))


def fingerprint(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:16]


def fingerprint_of_row(row: Model, *more: object, without: Iterable[str] = ()) -> str:
    """Of all columns of a row, except some, and of other values that belong to it."""
    columns = {f.attname: f.value_from_object(row) for f in row._meta.concrete_fields}
    kept = {name: value for name, value in columns.items() if name not in set(without)}
    return fingerprint(json.dumps([kept, *more], default=str, sort_keys=True))


def fingerprints_in(data: Mapping[str, object]) -> dict[str, object]:
    """The fingerprints that a form carries; none if it carries nothing that can be read."""
    try:
        before = json.loads(str(data.get("started_from", "")))
    except (ValueError, RecursionError):
        return {}
    return before if isinstance(before, dict) else {}


def with_values(data: Mapping[str, str], values: Mapping[str, str | list[str]]) -> QueryDict:
    """A copy of what a form submits, with some values replaced."""
    copy = QueryDict(mutable=True)
    copy.update(data)
    for name, value in values.items():
        copy.setlist(name, value if isinstance(value, list) else [value])
    return copy
