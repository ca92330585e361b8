"""Whole small files of other systems, and what a page then shows of their questions."""

import re
from html import unescape

import pytest

from questions.formats import read_file
from questions.rendering import rendered

MOODLE = (
    '<quiz><question type="essay"><name><text>{name}</text></name>'
    '<questiontext format="{style}"><text><![CDATA[{text}]]></text></questiontext>'
    '<generalfeedback format="html"><text><![CDATA[<p>An answer.</p>]]></text></generalfeedback>'
    "</question></quiz>"
)


def moodle(text: str, style: str = "html", name: str = "A") -> bytes:
    return MOODLE.format(text=text, style=style, name=name).encode()


def page_of(row, field: str = "prompt") -> str:
    """The inner HTML that a page shows of a field, without the paragraph around it."""
    html = str(rendered(field, row.values[field]))
    return re.sub(r'^<p( class="preview-prompt")?>|</p>\s*$', "", html)


def words_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


SIGNS = "What do __init__ and *args do, and is 3 < 5 & 7 > 2 shown as typed?"


@pytest.mark.parametrize(
    ("name", "data", "page"),
    [
        (
            "superscript.xml",
            moodle(
                "<p>A link carries 10<sup>9</sup> bits a second. How long do 2<sup>40</sup> bytes"
                " take, and where does CO<sub>2</sub> come in?</p>"
            ),
            "A link carries 10⁹ bits a second. How long do 2⁴⁰ bytes take, and where does CO₂"
            " come in?",
        ),
        (
            "bold_with_blank.xml",
            moodle("<p>A disk is sold in <b>bytes </b>and a link in<i> bits</i>. Why?</p>"),
            "A disk is sold in <strong>bytes</strong> and a link in <em>bits</em>. Why?",
        ),
        ("plain_text_signs.xml", moodle(SIGNS, "plain_text"), SIGNS.replace("&", "&amp;").replace(
            "<", "&lt;").replace("> 2", "&gt; 2")),
        (
            "plain.gift",
            b"::Dunder:: [plain] What do __init__ and *args* mean in a training script? {}",
            "What do __init__ and *args* mean in a training script?",
        ),
        (
            "struck.xml",
            moodle("<p>Say why <s>a</s> <del>b</del> <strike>c</strike> is wrong.</p>"),
            "Say why <s>a</s> <s>b</s> <s>c</s> is wrong.",
        ),
        ("escaped.xml", moodle("<p>What does &amp;lt;b&amp;gt; do?</p>"),
            "What does &amp;lt;b&amp;gt; do?"),
    ],
)  # fmt: skip
def test_a_page_shows_what_the_other_systems_page_shows(name, data, page):
    (row,) = read_file(name, data).items
    assert (page_of(row), row.mistakes, row.not_taken) == (page, (), ())


CATEGORY = '<question type="category"><category><text>{}</text></category></question>'


def test_the_last_part_of_a_nested_category_is_the_topic_and_its_path_is_named():
    category = CATEGORY.format("$course$/top/Serving/Networks")
    essay = moodle("<p>What is tail latency?</p>").decode().removeprefix("<quiz>")
    (row,) = read_file("x.xml", f"<quiz>{category}{essay}".encode()).items
    assert row.values["topic_name"] == "Networks"
    assert any("Serving / Networks" in text for text in row.not_taken)


@pytest.mark.parametrize(
    ("path", "topic"),
    [
        ("Networks", "Networks"),
        ("$course$/top/Networks", "Networks"),
        ("$system$/Networks", "Networks"),
        ("top/Networks", "Networks"),
        ("$course$/top/Reads // writes", "Reads / writes"),
        ("$course$/top", None),
        ("$course$", None),
        ("top", None),
        ("", None),
    ],
)
def test_a_category_of_one_part_is_the_topic(path, topic):
    gift = f"$CATEGORY: {path}\n\n::Q1:: What is a straggler? {{}}\n".encode()
    essay = moodle("<p>What?</p>").decode().removeprefix("<quiz>")
    xml = f"<quiz>{CATEGORY.format(path)}{essay}".encode()
    for name, data in (("x.gift", gift), ("x.xml", xml)):
        (row,) = read_file(name, data).items
        assert (row.values.get("topic_name"), row.not_taken) == (topic, ())


def test_two_questions_that_ask_the_same_are_named_with_a_fix_for_moodle():
    text = "<p>Explain back-pressure.</p>"
    one = moodle(text, name="A").decode().removesuffix("</quiz>")
    two = moodle(text, name="B").decode().removeprefix("<quiz>")
    for row in read_file("x.xml", (one + two).encode()).items:
        (mistake,) = row.mistakes
        assert "“A”" in f"{row.place} {mistake}"
        assert "“B”" in f"{row.place} {mistake}"
        assert "slug" not in str(mistake)


def test_tags_and_ids_of_another_system_are_named_and_kept():
    tags = "<tags><tag><text>deployment</text></tag><tag><text>difficulty:3</text></tag></tags>"
    xml = (
        moodle("What?")
        .decode()
        .replace("</question>", f"<idnumber>d-1</idnumber>{tags}</question>")
    )
    (row,) = read_file("x.xml", xml.encode()).items
    assert (row.foreign_id, row.not_taken) == ("d-1", ("tag deployment",))
    assert row.values["difficulty"] == 3
    (row,) = read_file("x.gift", b"// [id:d-1] [tag:deployment] [tag:difficulty:3]\nWhat? {}").items
    assert (row.foreign_id, row.not_taken) == ("d-1", ("tag deployment",))


@pytest.mark.parametrize("name", ["x.xml", "x.gift"])
def test_a_text_that_can_t_be_read_has_one_mistake(name):
    """It is not empty there, so nobody is told to write it."""
    text = "a <b and c"
    data = moodle(text) if name == "x.xml" else f"::A:: [html]{text} {{}}\n".encode()
    (row,) = read_file(name, data).items
    assert [mistake.what.partition(":")[0] for mistake in row.mistakes] == [
        "has a tag or comment without an end"
    ]
