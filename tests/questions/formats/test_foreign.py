"""Files of other programs, each named with what to do instead."""

import io
import zipfile

import pytest

from questions.formats import FormatError, read_file
from questions.formats.foreign import BY_SUFFIX

AIKEN = "What is it?\nA. One\nB. Two\nANSWER: B\n\nAnd this?\nA) One\nB) Two\nANSWER: A\n"


def refusal_of(name: str, data: bytes) -> str:
    with pytest.raises(FormatError) as refusal:
        read_file(name, data)
    return refusal.value.sentence


@pytest.mark.parametrize("suffix", BY_SUFFIX)
def test_each_is_called_by_its_name(suffix):
    what, fix = BY_SUFFIX[suffix]
    message = refusal_of(f"questions{suffix.upper()}", b"anything")
    assert what in message
    assert fix in message


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("x.txt", AIKEN.encode(), "an Aiken file"),
        ("x.txt", AIKEN.replace("\n", "\r\n").encode(), "an Aiken file"),
        ("x.csv", b"%PDF-1.7 ...", "a PDF"),
        ("x.txt", b"{\\rtf1\\ansi", "a text document"),
        ("x.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
        ("x.zip", b"Rar!\x1a\x07", "an archive"),
        ("x.xml", b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "a web page"),
        ("x.xml", b"<manifest/>", "the list of a QTI package"),
        ("x.xml", b"<assessmentTest/>", "the list of a QTI package"),
        ("x.xml", b"<POOL/>", "a pool of Blackboard"),
        ("x.xml", b"<moodle_backup/>", "a backup of Moodle"),
        (
            "x.xml",
            b"<quiz xmlns='http://canvas.instructure.com/xsd/cccv1p0'/>",
            "settings of a quiz",
        ),
    ],
)
def test_the_content_says_what_it_is_whatever_its_name(name, data, what):
    assert what in refusal_of(name, data)


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("h5p.json", "an H5P activity"),
        ("moodle_backup.xml", "a backup of Moodle"),
        ("ppt/presentation.xml", "a presentation"),
        ("xl/workbook.xml", "a spreadsheet"),
        ("collection.anki2", "a deck of Anki"),
        ("content.xml", "a document of an office program"),
    ],
)
def test_an_archive_is_called_by_what_is_in_it(entry, what):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, b"")
    assert what in refusal_of("x.zip", out.getvalue())


def test_gift_that_speaks_of_an_answer_is_still_gift():
    (row,) = read_file("x.txt", b"::A:: Why?\nANSWER: B {}\n").items
    assert "ANSWER" in row.values["prompt"]
