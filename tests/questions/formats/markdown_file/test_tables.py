"""Markdown files whose questions are the rows of tables."""

import pytest

from questions.formats import FormatError, read_file

TABLE = "| Question | Answer | Level |\n|---|:--:|--|\n"


def content_of(text: str):
    return read_file("x.md", text.encode())


def test_the_rows_of_a_table_are_questions():
    rows = content_of(
        f"Ours\n\n{TABLE}| What is a? | x \\| `y` | easy |\n| What is b? | z |\n"
    ).items
    assert [dict(row.values) for row in rows] == [
        {"prompt": "What is a?", "answer": "x | `y`", "difficulty": 1},
        {"prompt": "What is b?", "answer": "z", **rows[1].values},
    ]
    assert [row.place for row in rows] == ["line 5", "line 6"]


def test_the_heading_above_a_table_is_the_topic_unless_a_column_is():
    one = f"## Serving\n\n{TABLE}| What is a? | x<br>y | 3 |\n\n"
    other = "## Other\n\n| Topic | Question |\n| --- | --- |\n| Networks | What is b? |\n"
    first, second = content_of(one + other).items
    assert (first.values["topic_name"], first.values["answer"]) == ("Serving", "x\\\ny")
    assert second.values["topic"] == "Networks"


def test_html_in_a_cell_is_read_as_elsewhere():
    heading = "| **Question** | Answer | Key points |\n|---|---|---|\n"
    rows = content_of(
        f"{heading}| What is <b>a</b>? | <u>x</u> | One.<br>Two. |\n| Why? | <img src=a> | |\n"
    ).items
    assert rows[0].values["prompt"] == "What is **a**?"
    assert rows[0].values["key_points"] == ("One.", "Two.")
    assert ["underlining" in told for told in rows[0].not_taken] == [True]
    assert [mistake.column for mistake in rows[1].mistakes] == ["answer"]


def test_a_table_within_an_answer_is_no_table_of_questions():
    (row,) = content_of(f"## What is a?\n\n{TABLE}| one? | two | 1 |\n").items
    assert row.values["prompt"] == "What is a?"
    assert "| one? | two | 1 |" in row.values["answer"]


@pytest.mark.parametrize(
    "text",
    [
        "| Ours | Theirs |\n|---|---|\n| a? | b |\n",
        "```\n" + TABLE + "| a? | b | 1 |\n```\n",
        "a | b\n",
    ],
)
def test_other_tables_are_refused_with_what_to_do(text):
    with pytest.raises(FormatError):
        content_of(text)


def test_a_bar_that_parts_a_text_is_told_with_what_mends_it_here():
    (row,) = content_of(f"{TABLE}| What is a? | `x|y` | easy |\n").items
    assert "backslash" in next(one.fix for one in row.mistakes if one.column == "row")
