"""Pictures that float over a sheet belong to the row in which they begin."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from questions.formats import read_file

MAIN = "http://schemas.openxmlformats.org"
RELATIONS = f'<Relationships xmlns="{MAIN}/package/2006/relationships">{{}}</Relationships>'
DRAWING = f"{MAIN}/drawingml/2006/spreadsheetDrawing"
FLOATS = {
    "picture": "<xdr:pic><xdr:nvPicPr/></xdr:pic>",
    "group": "<xdr:grpSp><xdr:pic/></xdr:grpSp>",
    "shape": "<xdr:sp/>",
}


def book_with(*anchors: tuple[int, str], target: str = "../drawings/drawing1.xml") -> bytes:
    """A workbook whose rows 2 and 4 are questions. anchors: a row and what floats from it on."""
    book = Workbook()
    for row in (["prompt", "answer"], ["What is a?", "It is."], [], ["What is b?", "It is."]):
        book.active.append(row)
    plain, out = io.BytesIO(), io.BytesIO()
    book.save(plain)
    floating = "".join(
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>7</xdr:col><xdr:row>{row - 1}</xdr:row></xdr:from>"
        f"{FLOATS[kind]}</xdr:twoCellAnchor>"
        for row, kind in anchors
    )
    kind = f"{MAIN}/officeDocument/2006/relationships/drawing"
    relation = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/>'
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name))
        after.writestr("xl/worksheets/_rels/sheet1.xml.rels", RELATIONS.format(relation))
        drawing = f'<xdr:wsDr xmlns:xdr="{DRAWING}">{floating}</xdr:wsDr>'
        after.writestr("xl/drawings/drawing1.xml", drawing)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["picture", "group"])
@pytest.mark.parametrize("target", ["../drawings/drawing1.xml", "/xl/drawings/drawing1.xml"])
def test_a_picture_makes_the_row_wrong_in_which_it_begins(kind, target):
    first, second = read_file("x.xlsx", book_with((4, kind), target=target)).items
    assert first.mistakes == ()
    (mistake,) = second.mistakes
    assert "picture" in mistake.what


def test_a_shape_is_no_picture():
    content = read_file("x.xlsx", book_with((4, "shape")))
    assert [row.mistakes for row in content.items] == [(), ()]
    assert content.notes == ()


@pytest.mark.parametrize("row", [1, 3, 9])
def test_a_picture_beside_no_question_is_named(row):
    content = read_file("x.xlsx", book_with((row, "picture")))
    assert [item.mistakes for item in content.items] == [(), ()]
    (note,) = content.notes
    assert f"row {row}." in note


def test_a_drawing_that_is_missing_is_none():
    data = book_with((2, "picture"), target="../drawings/other.xml")
    assert [row.mistakes for row in read_file("x.xlsx", data).items] == [(), ()]
