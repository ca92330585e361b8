"""Encodings: marked ones are read, others are refused with the line."""

import pytest

from questions.formats import read_file
from tests.questions.formats.hostile import quickly_refused

CSV = "uid,prompt,topic,topic_name\n,Was heißt „Drift“? 🙂,data,Data\n"
XML = (
    '<quiz><question type="essay"><questiontext format="plain_text"><text>Was heißt „Drift“? 🙂'
    "</text></questiontext><tags><tag><text>topic:data</text></tag></tags></question></quiz>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["x.csv", "x.yaml", "x.json", "x.xml"])
def test_hazard_31_marked_encodings_are_read_right(name, encoding):
    text = {
        "x.csv": CSV,
        "x.xml": XML,
        "x.yaml": "questions:\n- prompt: Was heißt „Drift“? 🙂\n",
        "x.json": '{"questions": [{"prompt": "Was heißt „Drift“? 🙂"}]}',
    }[name]
    if (name, encoding) == ("x.xml", "utf-32"):
        assert "not readable as XML" in quickly_refused(name, text.encode(encoding))
        return
    (row,) = read_file(name, text.encode(encoding)).items
    assert row.values["prompt"] == "Was heißt „Drift“? 🙂"


def test_hazard_31_a_declared_encoding_is_read_right():
    data = ('<?xml version="1.0" encoding="ISO-8859-1"?>' + XML).replace("„Drift“? 🙂", "das?")
    (row,) = read_file("x.xml", data.encode("latin-1")).items
    assert row.values["prompt"] == "Was heißt das?"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.csv", "prompt\nok\nheißt\n".encode("latin-1"), "line 3: byte 0xDF is not UTF-8"),
        ("x.csv", "prompt\nok\n".encode("utf-16-le"), "line 1: there is a NUL character"),
        ("x.csv", "prompt\nok\n".encode("utf-16")[:-1], "line 2: byte 0x0A is not UTF-16-LE"),
        ("x.csv", b"prompt\na\0b\n", "line 2: there is a NUL character"),
        ("x.yaml", b"questions:\n- prompt: \xff\n", "line 2: byte 0xFF"),
        ("x.xml", b'<?xml version="1.0" encoding="utf-7"?><quiz/>', "not readable as XML"),
        ("x.xml", b'<?xml version="1.0" encoding="rot13"?><quiz/>', "not readable as XML"),
        ("x.xml", b"<quiz>\n\xe9</quiz>", "line 2, column 1: not readable as XML"),
        ("x.gift", b"::A:: what\n\xe9 {}", "line 2: byte 0xE9"),
        ("x.xlsx", b"", "the file is empty"),
    ],
)
def test_hazard_31_others_are_refused_with_the_line(name, data, message):
    assert message in quickly_refused(name, data)
