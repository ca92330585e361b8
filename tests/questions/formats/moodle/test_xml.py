"""Moodle XML: what of an essay has no place in this bank, and what of our own export is exact."""

from questions.formats import read_file
from tests.questions.formats.moodle.test_cases import moodle


def essay(more: str, text: str = "Why?", style: str = "html"):
    data = moodle(text, style).decode().replace("</question>", f"{more}</question>")
    (row,) = read_file("x.xml", data.encode()).items
    return row


def test_the_settings_of_an_essay_that_no_question_here_has_are_named():
    row = essay(
        "<responsetemplate format='html'><text>&lt;p&gt;Dear …&lt;/p&gt;</text></responsetemplate>"
        "<minwordlimit>0</minwordlimit><maxwordlimit>200</maxwordlimit><attachments>1</attachments>"
        "<hint><text>Think.</text></hint>"
    )
    assert row.not_taken == (
        "response template “Dear …”",
        "hint “Think.”",
        "maximum of words “200”",
        "answers as attached files",
    )


def test_a_file_in_a_text_makes_the_row_wrong():
    row = essay("<graderinfo format='html'><text>See it.</text><file name='a.pdf'/></graderinfo>")
    assert "file" in row.mistakes[0].what


def test_markdown_with_our_uid_is_ours_and_with_another_number_is_not():
    text = "Why <b>this</b>?"
    ours = essay("<idnumber>817662ef-52f4-4e33-9d2c-6f3c46a45d73</idnumber>", text, "markdown")
    theirs = essay("<idnumber>17</idnumber>", text, "markdown")
    assert (ours.values["prompt"], ours.foreign_id) == (text, "")
    assert (theirs.values["prompt"], theirs.foreign_id) == ("Why **this**?", "17")
