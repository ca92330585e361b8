"""Hostile files: bombs, entities, and texts that never end."""

from time import perf_counter, process_time
from xml.sax.saxutils import escape

import pytest

from questions.formats import read_file
from questions.rules.limits import MAX_BYTES
from tests.questions.formats.hostile import EXTERNAL, LAUGHS, SECONDS, quickly_refused

YAML_LAUGHS = b"a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n" + b"".join(
    b"%c: &%c [%s]\n" % (n + 1, n + 1, b", ".join([b"*%c" % n] * 9)) for n in range(97, 106)
)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.xml", LAUGHS, "declares a document type or entities"),
        ("x.xml", EXTERNAL, "declares a document type or entities"),
        ("x.xml", b'<!DOCTYPE quiz SYSTEM "http://example.org/x.dtd"><quiz/>', "document type"),
        ("x.xml", b"<quiz>" + b"<a>" * 200_000, "nests more than 40 deep"),
        ("x.xml", b'<quiz a="' + b"x" * 5_000_000, "not readable as XML"),
        ("x.yaml", YAML_LAUGHS, "has an alias"),
        ("x.yaml", b"[" * 200_000, "nests over 20 deep"),
        ("x.yaml", b"- " * 200_000, "nests over 20 deep"),
        ("x.yaml", b"!!python/object/apply:os.system [id]", "not readable as YAML"),
        ("x.json", b'{"questions":' + b"[" * 200_000, "not readable as JSON"),
        ("x.json", b'{"questions":' + b"9" * 5_000 + b"}", "not readable as JSON"),
        ("x.csv", b'prompt\n"' + b"x" * 1_000_000, "not readable as CSV"),
        ("x.csv", b"prompt\n" + b"x\n" * 20_001, "more than 20,000 questions"),
        ("x.gift", b"hello " * 200_000, "no question"),
        ("x.json", b"x" * (MAX_BYTES + 1), "larger than 25 MB"),
        ("x.csv", b"x" * 100_000_000, "larger than 25 MB"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_hazard_30_bombs_are_refused_within_seconds(name, data, message):
    assert message in quickly_refused(name, data)


ENDLESS = (
    *("<a ", "<a", "</a", "<!--", "<!", '<a x="', "<a x='", """<a x="" y='""", '<a "x="y>'),
    *("<ul><li>", "<pre>\t", "\t", "\u2028", "&#", "<script>", "</script"),
)


def endless(name: str, unit: str) -> bytes:
    """A row of which one text repeats the unit: 120 KB."""
    text = unit * (120_000 // len(unit))
    if name == "x.gift":
        return f"::A:: What? {{####[html]<b>{text}x}}\n".encode()
    field, form = name.removesuffix(".xml").split("-")
    heading = {"html": "<h3>Key points</h3>", "markdown": "### Key points\n\n"}[form]
    return (
        '<quiz><question type="essay"><questiontext><text>What?</text></questiontext>'
        f'<{field} format="{form}"><text>{escape(heading + text)}x</text></{field}>'
        "</question></quiz>"
    ).encode()


@pytest.mark.parametrize("unit", ENDLESS)
@pytest.mark.parametrize(
    "name", ["generalfeedback-html.xml", "graderinfo-html.xml", "graderinfo-markdown.xml", "x.gift"]
)
def test_hazard_30_small_texts_that_never_end_are_mistakes_of_their_row_at_once(name, unit):
    start = perf_counter()
    (row,) = read_file(name, endless(name, unit)).items
    assert perf_counter() - start < SECONDS
    assert row.mistakes


@pytest.mark.parametrize("unit", ["[id:", "[tag:", "[", "\\"])
def test_hazard_30_remarks_that_never_end_are_read_at_once(unit):
    start = perf_counter()
    (row,) = read_file("x.gift", f"// {unit * 30_000}\n::A:: What? {{}}\n".encode()).items
    assert perf_counter() - start < SECONDS
    assert row.values["prompt"] == "What?"


SHORT = (
    *ENDLESS,
    *("<b>", "<p>", "<b><i></b>", "<p><b a=1></p>", "<table><tr><td>", "<li>a", "<dd>a", "a<br>"),
    *("*", "**a ", "_a_", "`", "[", "](", "![a](", "\\", "|a|b\n|-|-\n", "> ", "- ", "1. ", "a\n"),
    *("\\(", "$x_", "$$", "<b>a</b>b", "<i>a<b>b</i>c</b>", "<b>(</b>a", "<code>`</code>", "<q>"),
    *(
        "<a href=http://a>b</a>",
        "<sup>a</sup>",
        "<u>a</u>",
        "~~a",
        "[^a]",
        "&lt;b&gt;",
        "<x>",
        "\xa0",
    ),
)


@pytest.mark.parametrize("style", ["html", "moodle_auto_format", "markdown", "plain_text"])
def test_hazard_30_texts_just_below_the_limit_are_read_at_once(style):
    for unit in SHORT:
        text = escape(unit * (59_000 // len(unit)))
        data = (
            f'<quiz><question type="essay"><questiontext format="{style}"><text>{text}</text>'
            "</questiontext></question></quiz>"
        ).encode()
        start = process_time()
        read_file("x.xml", data)
        assert process_time() - start < SECONDS, unit
