"""What only the look of words in a cell says is named."""

import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from questions.formats import read_file
from questions.formats.workbooks import reading

BOLD = InlineFont(b=True)
LOOKS = [
    (InlineFont(b=True), "bold"),
    (InlineFont(i=True), "italic"),
    (InlineFont(u="single"), "underlining"),
    (InlineFont(color="FFFF0000"), "colour"),
]


def content_of(*rows, heading=("Question", "Answer", "Source")):
    """The content of a workbook with these rows."""
    book = Workbook()
    for row in (heading, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return read_file("x.xlsx", out.getvalue())


def rich(font: InlineFont) -> CellRichText:
    return CellRichText("Count ", TextBlock(font, "bytes"), ", please?")


@pytest.mark.parametrize(("font", "name"), LOOKS)
def test_the_look_of_some_words_of_a_text_is_named(font, name):
    prompt, answer = content_of(
        [rich(font), "Yes.", ""], ["What is a?", CellRichText(TextBlock(font, "It"), " is."), ""]
    ).items
    assert (prompt.values["prompt"], prompt.mistakes) == ("Count bytes, please?", ())
    (told,) = prompt.not_taken
    assert told.startswith("prompt: ")
    assert name in told
    assert "“bytes”" in told
    (told,) = answer.not_taken
    assert told.startswith("answer: ")


def test_all_looks_of_a_cell_are_named_once_each():
    text = CellRichText(
        "Is ",
        TextBlock(InlineFont(b=True, i=True), "a"),
        " or ",
        TextBlock(InlineFont(b=True), "b"),
        "?",
    )
    (row,) = content_of([text, "Yes.", ""]).items
    assert len(row.not_taken) == 2
    assert any("“a”, “b”" in told for told in row.not_taken)


@pytest.mark.parametrize(
    "cell",
    [
        "What is a?",
        CellRichText("What is a?"),
        CellRichText(TextBlock(InlineFont(b=True), "What is a?")),
        CellRichText(
            TextBlock(InlineFont(b=True), "What is "), TextBlock(InlineFont(b=True), "a?")
        ),
        CellRichText(TextBlock(InlineFont(sz=12), "What is "), "a?"),
        CellRichText(TextBlock(InlineFont(b=True), " "), "What is a?"),
        CellRichText(TextBlock(InlineFont(color="FF000000"), "What is "), "a?"),
    ],
)
def test_the_look_of_a_whole_cell_says_nothing_of_its_words(cell):
    (row,) = content_of([cell, "Yes.", ""]).items
    assert (row.values["prompt"], row.not_taken) == ("What is a?", ())


def test_words_in_the_usual_weight_in_a_bold_cell_have_another_look():
    book = Workbook()
    book.active.append(["Question", "Answer"])
    book.active.append([CellRichText("Count ", TextBlock(InlineFont(b=False), "bytes")), "Yes."])
    book.active["A2"].font = Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    (row,) = read_file("x.xlsx", out.getvalue()).items
    assert ["bold" in told for told in row.not_taken] == [True]


def test_the_look_of_a_column_that_is_not_taken_is_not_told():
    (row,) = content_of(["What is a?", "It is.", rich(InlineFont(b=True))]).items
    assert row.not_taken == ("column Source",)


def test_raised_words_are_no_look():
    text = CellRichText("10", TextBlock(InlineFont(vertAlign="superscript"), "9"), "?")
    (row,) = content_of([text, "Yes.", ""]).items
    assert (row.values["prompt"], row.not_taken) == ("10⁹?", ())


def test_a_merged_cell_tells_its_look_in_each_of_its_rows():
    book = Workbook()
    rows = (["Question", "Answer"], ["What is a?", rich(InlineFont(b=True))], ["What is b?", None])
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    out = io.BytesIO()
    book.save(out)
    items = read_file("x.xlsx", out.getvalue()).items
    assert [len(row.not_taken) for row in items] == [1, 1]


def test_a_large_workbook_with_bold_words_is_read_and_says_what_is_not_told(monkeypatch):
    monkeypatch.setattr(reading, "MAX_STYLED", 10)
    content = content_of([rich(InlineFont(b=True)), "Yes.", ""])
    assert content.items[0].values["prompt"] == "Count bytes, please?"
    assert any("bold" in note for note in content.notes)


def test_looks_are_told_of_shared_texts_as_spreadsheets_write_them():
    book = Workbook()
    for row in (["Question", "Answer"], ["What is a?", "PLACE"]):
        book.active.append(row)
    plain = io.BytesIO()
    book.save(plain)
    out = io.BytesIO()
    run = "<r><t xml:space='preserve'>It </t></r><r><rPr><b/><sz val='11'/></rPr><t>is</t></r>"
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, part.replace(b"<t>PLACE</t>", run.encode()))
    (row,) = read_file("x.xlsx", out.getvalue()).items
    assert (row.values["answer"], row.not_taken) == ("It is", ("answer: bold letters in “is”",))
