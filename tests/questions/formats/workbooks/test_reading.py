"""Workbooks as people keep them: several sheets, merged and hidden cells, formulas, formats."""

import io
from datetime import date, time

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from questions.formats import FormatError, UnclearColumns, read_file
from questions.formats.records import WrongValue
from questions.formats.workbooks.numbers import shown
from tests.questions.formats.test_archives import workbook

HEADING = ["Topic", "Question", "Answer", "Key points"]


def book_of(*rows, title="Q") -> Workbook:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def content_of(book: Workbook):
    out = io.BytesIO()
    book.save(out)
    return read_file("x.xlsx", out.getvalue())


def test_every_sheet_is_read_and_each_row_says_its_sheet():
    book = book_of(["Question", "Answer"], ["a?", "b"])
    other = book.create_sheet("More")
    for row in (["Our questions"], [], ["Answer", "Prompt"], ["d", "c?"]):
        other.append(row)
    book.create_sheet("Empty")
    content = content_of(book)
    assert [(row.place, row.values["prompt"]) for row in content.items] == [
        ("sheet Q, row 2", "a?"),
        ("sheet More, row 4", "c?"),
    ]
    assert content.left_out == ()


def test_a_sheet_whose_columns_are_unclear_is_named_beside_a_clear_one():
    book = book_of(["Question", "Answer"], ["a?", "b"])
    book.create_sheet("Both").append(["Question", "Prompt"])
    book["Both"].append(["x?", "y?"])
    content = content_of(book)
    assert len(content.items) == 1
    assert [left.place for left in content.left_out] == ["sheet Both"]
    assert "could each be the prompt" in content.left_out[0].why


def test_without_a_clear_sheet_the_fullest_is_asked_about():
    book = book_of(["How to use this workbook"])
    other = book.create_sheet("Kortit")
    for row in (["Kysymys", "Vastaus"], ["Mika se on oikeastaan?", "Se on se mika se on."]):
        other.append(row)
    with pytest.raises(UnclearColumns) as asked:
        content_of(book)
    assert asked.value.table == "sheet Kortit"
    assert asked.value.names == ("Kysymys", "Vastaus")


def test_what_is_hidden_is_left_out_by_name():
    book = book_of(["Question", "Answer"], ["a?", "b"], ["secret?", "c"])
    book.active.row_dimensions[3].hidden = True
    for title, state in (("Old", "hidden"), ("Older", "veryHidden")):
        sheet = book.create_sheet(title)
        sheet.append(["Question"])
        sheet.append(["old?"])
        sheet.sheet_state = state
    content = content_of(book)
    assert [row.values["prompt"] for row in content.items] == ["a?"]
    assert [left.place for left in content.left_out] == ["row 3", "sheet Old", "sheet Older"]


def test_a_workbook_with_nothing_but_hidden_sheets_says_so():
    book = book_of(["x"])
    sheet = book.create_sheet("Old")
    sheet.append(["Question"])
    sheet.append(["old?"])
    sheet.sheet_state = "hidden"
    book.remove(book["Q"])
    book.create_sheet("Blank")
    with pytest.raises(FormatError, match="sheet Old: the sheet is hidden"):
        content_of(book)


def test_a_merged_topic_counts_for_all_its_rows():
    book = book_of(
        HEADING, ["Net", "a?", "b"], [None, "c?", "d"], [None, "e?", "f"], ["Lin", "g?", "h"]
    )
    book.active.merge_cells("A2:A4")
    topics = [row.values["topic"] for row in content_of(book).items]
    assert topics == ["Net", "Net", "Net", "Lin"]


def test_a_merged_prompt_is_one_question_with_a_point_in_each_row():
    book = book_of(
        HEADING, ["Net", "a?", "b", "One."], [None, None, None, "Two."], [None, "c?", "d", "Three."]
    )
    book.active.merge_cells("A2:A4")
    book.active.merge_cells("B2:B3")
    book.active.merge_cells("C2:C3")
    first, second = content_of(book).items
    assert (first.place, first.values["answer"]) == ("row 2 to 3", "b")
    assert first.values["key_points"] == ("One.", "Two.")
    assert (second.values["prompt"], second.values["topic"]) == ("c?", "Net")


def test_merged_cells_below_the_last_question_make_no_rows():
    book = book_of(HEADING, ["Net", "a?", "b"])
    book.active.merge_cells("A2:A90")
    assert len(content_of(book).items) == 1


def test_cells_keep_their_lines():
    book = book_of(["Question", "Answer"], ["a?\n\n- one\n- two", "first\nsecond"])
    (row,) = content_of(book).items
    assert row.values["prompt"] == "a?\n\n- one\n- two"


@pytest.mark.parametrize(
    ("cell", "number_format", "text"),
    [
        (2024, "General", "2024"),
        (0.1, "General", "0.1"),
        (2.0, "General", "2"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (2.5, "0.00", "2.50"),
        (12345, "#,##0", "12,345"),
        (True, "General", "TRUE"),
        (False, "General", "FALSE"),
    ],
)
def test_a_number_is_read_as_it_is_shown(cell, number_format, text):
    book = book_of(["Question", "Answer"], ["a?", cell])
    book.active["B2"].number_format = number_format
    (row,) = content_of(book).items
    assert (row.values["answer"], row.mistakes) == (text, ())


@pytest.mark.parametrize(
    ("cell", "number_format"),
    [
        (date(2026, 1, 2), "yyyy-mm-dd"),
        (time(2, 30), "h:mm"),
        (5, '0.00 "€"'),
        (1e30, "General"),
        (1.5, "# ?/?"),
    ],
)
def test_a_number_whose_text_is_not_certain_makes_its_row_wrong(cell, number_format):
    book = book_of(["Question", "Answer", "Made"], ["a?", cell, cell])
    book.active["B2"].number_format = number_format
    book.active["C2"].number_format = number_format
    (row,) = content_of(book).items
    assert [mistake.column for mistake in row.mistakes] == ["answer"]
    assert row.not_taken == ("column Made",)


def test_a_number_that_is_too_long_has_no_certain_text():
    with pytest.raises(WrongValue):
        shown(1e17, "General")


def test_errors_and_formulas_without_a_result_are_mistakes():
    book = book_of(["Question", "Answer"], ["a?", "#N/A"], ["b?", "=A2"], ["c?", "=NA()"])
    rows = content_of(book).items
    assert [[mistake.column for mistake in row.mistakes] for row in rows] == [["answer"]] * 3
    assert all("answer" not in row.values for row in rows)


def test_a_formula_gives_the_result_that_was_saved_with_it():
    """As spreadsheets save it; openpyxl writes no results, so the sheet is written here."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Question</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Answer</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>"a"&amp;"?"</f><v>a?</v></c>'
        '<c r="B2" t="e"><f>NA()</f><v>#N/A</v></c></row></sheetData></worksheet>'
    )
    (row,) = read_file("x.xlsx", workbook(xl__worksheets__sheet1=sheet.encode())).items
    assert row.values["prompt"] == "a?"
    assert [mistake.column for mistake in row.mistakes] == ["answer"]


def styled(text: str, **font) -> TextBlock:
    return TextBlock(InlineFont(**font), text)


def test_raised_and_lowered_digits_stay_what_they_are():
    raised = CellRichText("Why 10", styled("9", vertAlign="superscript"), "?")
    lowered = CellRichText("CO", styled("2", vertAlign="subscript"))
    (row,) = content_of(book_of(["Question", "Answer"], [raised, lowered])).items
    assert (row.values["prompt"], row.values["answer"]) == ("Why 10⁹?", "CO₂")


@pytest.mark.parametrize(
    "cell",
    [
        CellRichText("yes ", styled("no", strike=True)),
        CellRichText("x", styled("a,b", vertAlign="superscript")),
    ],
)
def test_struck_words_and_raised_ones_without_a_sign_make_the_row_wrong(cell):
    (row,) = content_of(book_of(["Question", "Answer"], ["a?", cell])).items
    assert [mistake.column for mistake in row.mistakes] == ["answer"]


@pytest.mark.parametrize(("raised", "text"), [("9", "⁹"), (9, "⁹"), ("n+1", "ⁿ⁺¹")])
def test_a_cell_that_is_raised_as_a_whole_stays_so(raised, text):
    book = book_of(["Question", "Answer"], ["a?", raised])
    book.active["B2"].font = Font(vertAlign="superscript")
    (row,) = content_of(book).items
    assert row.values["answer"] == text


@pytest.mark.parametrize("font", [{"strike": True}, {"vertAlign": "subscript"}])
def test_a_cell_that_is_struck_or_lowered_as_a_whole_makes_the_row_wrong(font):
    book = book_of(["Question", "Answer"], ["a?", "old words"])
    book.active["B2"].font = Font(**font)
    (row,) = content_of(book).items
    assert [mistake.column for mistake in row.mistakes] == ["answer"]


def test_colours_and_bold_words_change_no_text():
    cell = CellRichText("a ", styled("b", b=True, color="00FF0000"))
    (row,) = content_of(book_of(["Question", "Answer"], ["a?", cell])).items
    assert (row.values["answer"], row.mistakes) == ("a b", ())


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.xls", b"\xd0\xcf\x11\xe0", "Save it as .xlsx"),
        ("x.xlsx", b"\xd0\xcf\x11\xe0", "old Office file"),
        ("x.ods", b"PK", "Save it as .xlsx"),
        ("x.docx", b"PK", "Save the text as Markdown"),
        ("x.pdf", b"%PDF", "Save the text as Markdown"),
    ],
)
def test_other_files_are_refused_with_what_to_do(name, data, message):
    with pytest.raises(FormatError, match=message):
        read_file(name, data)
