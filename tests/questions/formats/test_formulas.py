"""Formulas in tables: harmless when written, mistakes when read."""

import csv
import io

from openpyxl import Workbook, load_workbook

from questions.formats import FORMATS, read_file
from questions.formats.tabular.cells import disarm, rearm
from tests.questions.large_bank import many_questions, many_topics

DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''-1")


def test_hazard_33_cells_that_begin_like_formulas_are_harmless_and_come_back():
    assert [rearm(disarm(text)) for text in DANGEROUS] == list(DANGEROUS)
    assert all(disarm(text).startswith("'") for text in DANGEROUS)
    (question,) = many_questions(1)
    question = type(question)(**{**vars(question), "answer": "=1+1", "key_points": ("-a", "@b")})
    table = FORMATS["csv"].write(many_topics(), [question])
    book = FORMATS["xlsx"].write(many_topics(), [question])

    cells = next(iter(list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))[1:]))
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    rows = load_workbook(io.BytesIO(book))["questions"].iter_rows()
    shown = [cell for row in rows for cell in row if cell.value is not None]
    assert {cell.data_type for cell in shown} == {"s"}
    assert not [cell for cell in shown if str(cell.value)[0] in "=+-@"]
    for name, data in (("x.csv", table), ("x.xlsx", book)):
        (row,) = read_file(name, data).items
        assert (row.values["answer"], row.values["key_points"]) == ("=1+1", ("-a", "@b"))


def test_hazard_33_a_formula_in_a_spreadsheet_is_a_mistake_of_its_row():
    book, out = Workbook(), io.BytesIO()
    for row in (["prompt", "answer"], ["What?", '=HYPERLINK("http://example.org")']):
        book.active.append(row)
    book.save(out)
    (row,) = read_file("x.xlsx", out.getvalue()).items
    assert [(m.column, m.what) for m in row.mistakes] == [
        ("answer", "is a formula without its result")
    ]
