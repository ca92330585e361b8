"""The boxes beside the key points in a question's form: a row for each.

It has the follow-up of the point and its phrasings, one statement a line. It carries the key point
that it was made for, so that what it says stays with the point when an editor rewords, moves or
removes key points in the box above. Some more rows are for points that are new there.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from typing import Literal

from django import forms
from django.forms.renderers import BaseRenderer
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from questions.admin.base import Submitted, SubmittedFiles
from questions.models import Question
from questions.rules import follow_ups
from questions.rules.numbered import MAX_NUMBER
from questions.rules.phrasings import (
    KIND_NAMES,
    KINDS,
    Kind,
    Phrasing,
    empty,
    for_points,
)
from questions.rules.point_rows import row_of_each
from questions.rules.texts import folded, unix_lines

FOLLOW_UP: Literal["follow_up"] = "follow_up"
Box = Kind | Literal["follow_up"]
BOXES: Mapping[Box, str] = {FOLLOW_UP: "Follow-up", **{kind: KIND_NAMES[kind] for kind in KINDS}}
"""The boxes of a row in the order of the page, with their labels."""
NEW_ROWS = 3
"""Rows for key points that are not saved yet; in the form of a new question there are twice as
many."""


@dataclass(frozen=True)
class PhrasingRow:
    """The boxes of one key point; point: "" in a row for a new one. A statement a line."""

    point: str = ""
    accept: str = ""
    reject: str = ""
    follow_up: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, box).strip() for box in BOXES)

    def statements(self, box: Box) -> list[str]:
        text: str = getattr(self, box)
        return [line for line in unix_lines(text).split("\n") if line.strip()]


def rows_of(question: Question) -> list[PhrasingRow]:
    """What is saved for the key points that the question has now."""
    version = question.current_version
    points = version.key_points if version else []
    asked = follow_ups.for_points(version.follow_ups if version else [], len(points))
    said = zip(points, for_points(question.phrasings, points), asked, strict=True)
    return [
        PhrasingRow(point, "\n".join(phrasing["accept"]), "\n".join(phrasing["reject"]), follow_up)
        for point, phrasing, follow_up in said
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
    """The rows to be read, each line after the name of its box."""
    lines = []
    for row in rows:
        lines.append(row.point or "A new key point")
        for box, label in BOXES.items():
            lines += [f"• {label}: {line}" for line in row.statements(box)]
    return "\n".join(lines)


def typed_rows(data: Submitted, name: str = "phrasings_by_point") -> list[PhrasingRow]:
    """The rows that a browser submits, in the order of the page; all texts as they were typed."""
    prefix, suffix = f"{name}-", "-point"
    keys = [key for key in data if key.startswith(prefix) and key.endswith(suffix)]
    keys = [key.removesuffix(suffix) for key in keys[: MAX_NUMBER + 2 * NEW_ROWS]]
    return [
        PhrasingRow(*(str(data.get(f"{key}-{part}", "")) for part in ("point", *KINDS, FOLLOW_UP)))
        for key in keys
    ]


def phrasings_in_form(data: Submitted, key_points: Sequence[str]) -> list[Phrasing]:
    """The phrasings of key points as a form has them now, saved or not, valid or not.

    Points after MAX_NUMBER have none, because a form that is not valid may have any number.
    """
    return [
        Phrasing(accept=row.statements("accept"), reject=row.statements("reject"))
        if row
        else empty()
        for row in _rows_of_points(data, key_points)
    ]


def follow_ups_in_form(data: Submitted, key_points: Sequence[str]) -> list[str]:
    """The follow-ups of key points as a form has them now, "" where there is none."""
    return [row.follow_up if row else "" for row in _rows_of_points(data, key_points)]


def _rows_of_points(data: Submitted, key_points: Sequence[str]) -> list[PhrasingRow | None]:
    rows = [row for row in typed_rows(data) if row.point or not row.is_empty]
    found = row_of_each(key_points[:MAX_NUMBER], [row.point for row in rows])
    found += [None] * (len(key_points) - len(found))
    return [None if row is None else rows[row] for row in found]


class PhrasingsWidget(forms.Widget):
    """The boxes of all key points. wrong: errors by place of the row and box."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: dict[tuple[int, Box], str] = {}

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
                    "name": f"{name}-{key}-{box}",
                    "label": label,
                    "text": getattr(row, box),
                    "count": len(row.statements(box)),
                    "rows": 2 if box == FOLLOW_UP else 8,
                    "error": self.wrong.get((place, box)),
                }
                for box, label in BOXES.items()
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
