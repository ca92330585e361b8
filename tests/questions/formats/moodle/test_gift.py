"""Where GIFT's questions begin and end, and what belongs to each."""

import pytest

from questions.formats import read_file


def items_of(text: str):
    return read_file("x.gift", text.encode()).items


def test_each_question_has_the_line_and_the_tags_that_are_its_own():
    text = (
        "\n::A:: What? {}\n\n// [tag:difficulty:3]\n::B:: How?\n// [tag:seconds:9]\n{}\n\nWhy? {}\n"
    )
    assert [(row.place, dict(row.values)) for row in items_of(text)] == [
        ("line 2", {"prompt": "What?"}),
        ("line 5", {"prompt": "How?", "difficulty": 3, "seconds": 9}),
        ("line 9", {"prompt": "Why?"}),
    ]


def test_a_blank_line_inside_braces_belongs_to_the_text():
    (row,) = items_of("::A:: What?\n{#### one\n\ntwo}\n")
    assert row.values["answer"] == "one\n\ntwo"


def test_a_title_after_a_blank_line_begins_a_question_even_if_braces_are_open():
    broken, good = items_of("::A:: What {is it?\n\n::B:: How? {}\n")
    assert [mistake.column for mistake in broken.mistakes] == ["prompt"]
    assert (good.place, good.values["prompt"]) == ("line 3", "How?")


def test_two_colons_without_a_blank_line_before_them_belong_to_the_text():
    (row,) = items_of("::A:: What\n::is it? {}\n")
    assert row.values["prompt"] == "What\\\n::is it?"


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("What is <b>this</b>? {}", "What is **this**?"),
        ("[moodle]What is <b>this</b>? {}", "What is **this**?"),
        ("[plain]What is <b>this</b>? {}", "What is \\<b>this\\</b>?"),
        ("[html]What &lt; this? {}", "What < this?"),
        ("What \\{is\\}\\: this\\nand \\q? {}", "What {is}: this\\\nand \\q?"),
    ],
)
def test_the_format_of_a_text(text, prompt):
    (row,) = items_of(text)
    assert (row.values["prompt"], row.mistakes) == (prompt, ())


def test_what_is_lost_of_a_text_is_a_mistake_in_its_field():
    (row,) = items_of("What? {####<img src='x'>See above.}")
    assert [mistake.column for mistake in row.mistakes] == ["answer"]
    assert "img" in row.mistakes[0].what
