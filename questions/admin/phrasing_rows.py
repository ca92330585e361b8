"""The boxes for phrasings in a question's form: a row for each key point, one statement a line.

Each row carries the key point that it was made for, so that its statements stay with the point
when an editor rewords, moves or removes key points in the box above. Some more rows are for points
that are new there.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass

from django import forms
from django.forms.renderers import BaseRenderer
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from questions.admin.base import Submitted, SubmittedFiles
from questions.models import Question
from questions.rules.numbered import MAX_NUMBER
from questions.rules.phrasings import (
    KIND_NAMES,
    KINDS,
    Kind,
    Phrasing,
    empty,
    for_points,
    row_of_each,
)
from questions.rules.texts import folded, unix_lines

NEW_ROWS = 3
"""Rows for key points that are not saved yet; in the form of a new question there are twice as
many."""


@dataclass(frozen=True)
class PhrasingRow:
    """The boxes of one key point; point: "" in a row for a new one. A statement a line."""

    point: str = ""
    accept: str = ""
    reject: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.accept.strip() or self.reject.strip())

    def statements(self, kind: Kind) -> list[str]:
        text: str = getattr(self, kind)
        return [line for line in unix_lines(text).split("\n") if line.strip()]


def rows_of(question: Question) -> list[PhrasingRow]:
    """What is saved for the key points that the question has now."""
    points = question.current_version.key_points if question.current_version else []
    return [
        PhrasingRow(point, "\n".join(phrasing["accept"]), "\n".join(phrasing["reject"]))
        for point, phrasing in zip(points, for_points(question.phrasings, points), strict=True)
    ][:MAX_NUMBER]


def as_value(rows: Iterable[PhrasingRow]) -> str:
    """The rows as the one value that the form compares and keeps. Empty new ones are left out."""
    said = [
        [unix_lines(text).strip() for text in astuple(row)]
        for row in rows
        if row.point or not row.is_empty
    ]
    return json.dumps(said, ensure_ascii=False) if said else ""


def rows_in(value: object) -> list[PhrasingRow]:
    """The rows of a value; none if somebody else made it up."""
    try:
        return [PhrasingRow(*map(str, row)) for row in json.loads(str(value or "[]"))][:MAX_NUMBER]
    except (ValueError, TypeError, RecursionError):
        return []


def in_words(rows: Iterable[PhrasingRow]) -> str:
    """The rows to be read, each statement after its kind."""
    lines = []
    for row in rows:
        lines.append(row.point or "A new key point")
        for kind in KINDS:
            lines += [f"• {KIND_NAMES[kind]}: {line}" for line in row.statements(kind)]
    return "\n".join(lines)


def typed_rows(data: Submitted, name: str = "phrasings_by_point") -> list[PhrasingRow]:
    """The rows that a browser submits, in the order of the page; all texts as they were typed."""
    prefix, suffix = f"{name}-", "-point"
    keys = [key for key in data if key.startswith(prefix) and key.endswith(suffix)]
    keys = [key.removesuffix(suffix) for key in keys[: MAX_NUMBER + 2 * NEW_ROWS]]
    return [
        PhrasingRow(*(str(data.get(f"{key}-{part}", "")) for part in ("point", *KINDS)))
        for key in keys
    ]


def phrasings_in_form(data: Submitted, key_points: Sequence[str]) -> list[Phrasing]:
    """The phrasings of key points as a form has them now, saved or not, valid or not.

    Points after MAX_NUMBER have none, because a form that is not valid may have any number.
    """
    rows = [row for row in typed_rows(data) if row.point or not row.is_empty]
    found = row_of_each(key_points[:MAX_NUMBER], [row.point for row in rows])
    found += [None] * (len(key_points) - len(found))
    return [
        Phrasing(accept=rows[i].statements("accept"), reject=rows[i].statements("reject"))
        if i is not None
        else empty()
        for i in found
    ]


class PhrasingsWidget(forms.Widget):
    """The boxes of all key points. wrong: errors by place of the row and kind."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: dict[tuple[int, Kind], str] = {}

    def value_from_datadict(self, data: Submitted, files: SubmittedFiles, name: str) -> str:
        """Where the form puts another value in, that value."""
        return str(data[name]) if name in data else as_value(typed_rows(data, name))

    def id_for_label(self, id_: str) -> str:
        return ""

    def render(
        self,
        name: str,
        value: object,
        attrs: Mapping[str, object] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        rows = rows_in(value)
        known = any(row.point for row in rows)
        free = NEW_ROWS * (1 if known else 2) - sum(not row.point for row in rows)
        context = {"rows": self._shown(name, [*rows, *[PhrasingRow()] * max(free, 1)])}
        return SafeString(render_to_string("admin/questions/question/_phrasings.html", context))

    def _shown(self, name: str, rows: Sequence[PhrasingRow]) -> list[dict[str, object]]:
        """The rows for the template. The names of boxes are those of their point, wherever it
        stands, because the browser keeps unsaved texts by name."""
        shown, new = [], 0
        for place, row in enumerate(rows):
            new += not row.point
            key = _key_of(row.point) if row.point else f"new{new}"
            boxes = [
                {
                    "name": f"{name}-{key}-{kind}",
                    "label": KIND_NAMES[kind],
                    "text": getattr(row, kind),
                    "count": len(row.statements(kind)),
                    "error": self.wrong.get((place, kind)),
                }
                for kind in KINDS
            ]
            title = row.point or f"New key point {new}"
            is_open = any(box["error"] for box in boxes)
            shown.append(
                {**asdict(row), "key": f"{name}-{key}", "title": title, "boxes": boxes}
                | {"number": 0 if not row.point else place + 1, "is_open": is_open}
            )
        return shown


def _key_of(point: str) -> str:
    return hashlib.sha256(folded(point).encode()).hexdigest()[:12]


class PhrasingsField(forms.Field):
    """The rows of boxes. Its value is a list of PhrasingRow."""

    widget = PhrasingsWidget

    def to_python(self, value: object) -> list[PhrasingRow]:
        return rows_in(value)

    def has_changed(self, initial: object, data: object) -> bool:
        return (initial or "") != (data or "")
