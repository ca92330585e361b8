"""Packages: which of their files are read, and which archives are refused."""

import io
import zipfile
from pathlib import Path

import pytest

from questions.formats import FormatError, read_file
from tests.questions.formats.hostile import EXTERNAL, quickly_refused
from tests.questions.formats.qti.files import canvas_item, canvas_quiz, package, qti_2

META = b'<quiz xmlns="http://canvas.instructure.com/xsd/cccv1p0"><title>Week 3</title></quiz>'
FORM = '<extendedTextInteraction responseIdentifier="R"/>'


@pytest.mark.parametrize("name", ["x.zip", "x.imscc", "X.ZIP"])
def test_all_questions_of_a_package_with_the_file_that_each_is_in(name):
    data = package(
        g1__g1___xml=canvas_quiz(canvas_item("Why?")),
        g1__assessment_meta___xml=META,
        item2___xml=qti_2(f"<p>How?</p>{FORM}"),
        picture___png=b"\x89PNG",
    )
    rows = read_file(name, data).items
    assert [row.values["prompt"] for row in rows] == ["Why?", "How?"]
    assert rows[0].place.startswith("g1/g1.xml, line ")


def test_a_copy_of_a_question_in_another_file_is_left_out_and_named():
    quiz = canvas_quiz(canvas_item("Why?", title="A"))
    content = read_file("x.imscc", package(a___xml=quiz, non_cc__a___xml___qti=quiz))
    assert [row.place.partition(",")[0] for row in content.items] == ["a.xml"]
    assert [left.name for left in content.left_out] == ["A"]


def archive(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in entries:
            written.writestr(name, data)
    return out.getvalue()


LINK = zipfile.ZipInfo("a.xml")
LINK.external_attr = 0o120777 << 16
BOMB = canvas_quiz(canvas_item("x" * 40_000_000))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda: archive(("../a.xml", b"<x/>"), ("imsmanifest.xml", b"")), "'../a.xml'"),
        (lambda: archive(("/a.xml", b"<x/>"), ("imsmanifest.xml", b"")), "'/a.xml'"),
        (lambda: archive((LINK, b"/etc/passwd"), ("imsmanifest.xml", b"")), "has a link"),
        (lambda: package(a___xml=BOMB), "suspicious size"),
        (lambda: package(**{f"a{n}___xml": bytes(range(256)) * 90_000 for n in range(3)}),
         "unpacks to"),
        (lambda: package(a___xml=canvas_quiz(canvas_item("x")).replace(b"<assess", EXTERNAL[:40])),
         "a.xml: "),
        (lambda: package(a___xml=b"<questestinterop>" + b"<a>" * 9_000), "nests more than"),
        (lambda: package(), "no question in the QTI file"),
        (lambda: archive(("a.xml", b"<x/>")), "has no imsmanifest.xml"),
        (lambda: archive(("h5p.json", b"{}")), "an H5P activity"),
        (lambda: archive(("word/document.xml", b"")), "a text document"),
        (lambda: archive(("xl/workbook.xml", b"")), "Name it .xlsx"),
        (lambda: package(a___xml=b"<x/>")[:150], "not a zip archive"),
        (lambda: b"<questestinterop/>", "not a zip archive"),
    ],
)  # fmt: skip
def test_hazard_30_packages_are_refused_within_seconds(data, message):
    assert message in quickly_refused("x.zip", data())


def test_an_entry_whose_content_is_damaged_is_named():
    data = bytearray(package(a___xml=canvas_quiz(canvas_item("Why? " * 300))))
    at = data.index(b"a.xml") + 60
    data[at : at + 20] = bytes(20)
    with pytest.raises(FormatError, match=r"a\.xml"):
        read_file("x.zip", bytes(data))


def test_nothing_is_written_when_a_package_is_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    read_file("x.zip", package(a___xml=canvas_quiz(canvas_item("Why?"))))
    assert list(Path(tmp_path).iterdir()) == []
