"""Hostile archives that call themselves spreadsheets."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from tests.questions.formats.hostile import EXTERNAL, LAUGHS, quickly_refused


def workbook(*entries, **changes) -> bytes:
    """An XLSX with entries added, as (name or ZipInfo, content), or replaced by name."""
    book, out = Workbook(), io.BytesIO()
    book.active.append(["prompt", "answer"])
    book.save(out)
    replaced = {name.replace("__", "/") + ".xml": content for name, content in changes.items()}
    new = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            archive.writestr(name, replaced.get(name, old.read(name)))
        for name, content in entries:
            archive.writestr(name, content)
    return new.getvalue()


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("xl/link")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info


STRINGS = ("xl/sharedStrings.xml", LAUGHS)
OFFICE = b"application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Override PartName="/xl/workbook.xml" ContentType="%s.sheet.main+xml"/>'
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s.sharedStrings+xml"/></Types>'
) % (OFFICE, OFFICE)
SHEET = "xl__worksheets__sheet1"
NESTED = b"<worksheet><sheetData>" + b"<row>" * 200_000
DEEP = b"<worksheet><sheetData>" + b"".join(
    b"<r%d>" % (n * 7919 % 1_000_003) for n in range(200_000)
)
FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    b"</worksheet>"
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda: workbook(("../evil", b"x")), "has the entry '../evil'"),
        (lambda: workbook(("/etc/x", b"x")), "has the entry '/etc/x'"),
        (lambda: workbook(("..\\evil", b"x")), "has the entry"),
        (lambda: workbook((link(), b"/etc/passwd")), "has a link"),
        (lambda: workbook(("xl/big", bytes(200_000_000))), "would unpack to more than 150 MB"),
        (lambda: workbook(("xl/bomb", bytes(20_000_000))), "unpacks to a suspicious size"),
        (lambda: workbook(*((f"xl/{n}", b"") for n in range(600))), "entries"),
        (lambda: workbook(**{SHEET: LAUGHS}), "not readable as XLSX"),
        (lambda: workbook(**{SHEET: EXTERNAL}), "not readable as XLSX"),
        (lambda: workbook(STRINGS, **{"[Content_Types]": TYPES}), "not readable as XLSX"),
        (lambda: workbook(**{SHEET: NESTED}), "unpacks to a suspicious size"),
        (lambda: workbook(**{SHEET: DEEP}), "XLSX"),
        (lambda: workbook(**{SHEET: FAR}), "the sheet goes on after row 100,000"),
        (lambda: workbook(**{"xl__workbook": b"<x/>"}), "not readable as XLSX"),
        (lambda: b"PK\3\4 no archive", "not a zip archive"),
        (lambda: workbook()[:2000], "not a zip archive"),
        (lambda: b"prompt\nx\n", "not a zip archive"),
    ],
)
def test_hazard_30_archives_are_refused_within_seconds(data, message):
    assert message in quickly_refused("x.xlsx", data())
