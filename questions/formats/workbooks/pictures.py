"""Pictures that float over a sheet: in which rows they begin.

openpyxl reads them only with Pillow and with all cells in memory, so their part is read here.
"""

import posixpath
from collections.abc import Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from questions.formats.documents import load_xml
from questions.formats.records import ExchangeFile, Mistake
from questions.formats.workbooks.sheet_marks import Marks

FIX = "Say in words what it shows, and remove it."
MOST_PLACES = 5
_DRAWING = "/relationships/drawing"


def rows_with_pictures(archive: ZipFile, sheet: str) -> set[int]:
    """The numbers of the rows in which a picture begins. sheet: the name of its part."""
    folder, name = posixpath.split(sheet)
    rows: set[int] = set()
    for relation in _parts(archive, f"{folder}/_rels/{name}.rels"):
        if relation.get("Type", "").endswith(_DRAWING):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            rows.update(filter(None, map(_row_of, _parts(archive, target.removeprefix("/")))))
    return rows


def _parts(archive: ZipFile, name: str) -> list[Element]:
    return list(load_xml(archive.read(name))) if name in archive.namelist() else []


def _row_of(anchor: Element) -> int:
    """The row of a picture; 0 of anything else."""
    if not any(_name(part) == "pic" for part in anchor.iter()):
        return 0
    starts = (part for part in anchor if _name(part) == "from")
    rows = [part.text or "" for start in starts for part in start if _name(part) == "row"]
    return int(rows[0]) + 1 if rows and rows[0].strip().isdecimal() else 0


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def place_of(sheet: str, row: int) -> str:
    """A row in words. sheet: its name; "" if it is the only one."""
    return f"{sheet}, row {row}" if sheet else f"row {row}"


def mistake_at(place: str) -> Mistake:
    """What is wrong with a row where a picture begins, as with a picture in any other text."""
    return Mistake("row", "has a picture that this bank can't hold", FIX, place)


def with_pictures_named(content: ExchangeFile, sheets: Iterable[tuple[str, Marks]]) -> ExchangeFile:
    """The content; a note says where pictures are that belong to none of its questions."""
    told = {mistake.where for item in content.items for mistake in item.mistakes}
    places = [place_of(name, row) for name, marks in sheets for row in sorted(marks.pictures)]
    if alone := [place for place in places if place not in told]:
        more = f" and {len(alone) - MOST_PLACES} more" if len(alone) > MOST_PLACES else ""
        note = f"Not taken: pictures beside no question, at {', '.join(alone[:MOST_PLACES])}{more}."
        return replace(content, notes=(*content.notes, note))
    return content
