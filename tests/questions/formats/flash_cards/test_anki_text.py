"""Flash cards that Anki exports as text: the head says what each column is."""

import pytest

from questions.formats import FormatError, UnclearColumns, read_file


def content_of(*lines: str, name: str = "x.txt"):
    return read_file(name, "\n".join(lines).encode())


HEAD = ("#separator:tab", "#html:true")


@pytest.mark.parametrize(
    ("separator", "line"),
    [
        ("tab", "a?\tb"),
        ("Tab", "a?\tb"),
        ("Comma", 'a?,"b"'),
        ("semicolon", "a?;b"),
        ("pipe", "a?|b"),
        (";", "a?;b"),
    ],
)
@pytest.mark.parametrize("name", ["x.txt", "x.csv", "x.tsv"])
def test_the_head_says_what_separates_the_sides(separator, line, name):
    (row,) = content_of(f"#separator:{separator}", "#html:false", line, name=name).items
    assert row.values == {"prompt": "a?", "answer": "b"}


def test_special_columns_are_the_id_the_topic_and_tags():
    (row,) = content_of(
        *HEAD,
        "#guid column:1",
        "#notetype column:2",
        "#deck column:3",
        "#tags column:6",
        "g1\tBasic\tBank::Serving\ta?\tb\tx y::z",
    ).items
    assert row.values == {"prompt": "a?", "answer": "b", "topic_name": "Serving"}
    assert row.foreign_id == "g1"
    assert set(row.not_taken) == {
        "column note type",
        "deck Bank / Serving (the topic is its last part)",
        "tag x",
        "tag y::z",
    }


def test_what_the_head_says_of_all_cards_counts_for_each():
    rows = content_of(*HEAD, "#deck:Serving", "#tags:x", "a?\tb", "c?\td").items
    assert [row.values["topic_name"] for row in rows] == ["Serving", "Serving"]
    assert rows[1].not_taken == ("tag x",)


def test_names_in_the_head_are_known_or_asked_about():
    (row,) = content_of(*HEAD, "#columns:Extra\tQuestion\tAnswer", "x\ta?\tb").items
    assert row.values == {"prompt": "a?", "answer": "b"}
    assert row.not_taken == ("column Extra",)
    with pytest.raises(UnclearColumns) as asked:
        content_of(*HEAD, "#columns:Word\tSense", "a?\tb")
    assert (asked.value.names, asked.value.has_heading_row) == (("Word", "Sense"), False)


def test_html_becomes_markdown_and_plain_text_stays_as_typed():
    (row,) = content_of(*HEAD, "Is <b>it</b>?<br>Now\t&lt;x&gt; *y*").items
    assert row.values == {"prompt": "Is **it**?\\\nNow", "answer": "\\<x> \\*y\\*"}
    (row,) = content_of("#separator:tab", "#html:false", "Is <b>it</b> __x__?\t1. y").items
    assert row.values == {"prompt": "Is \\<b>it\\</b> \\_\\_x\\_\\_?", "answer": "1\\. y"}


@pytest.mark.parametrize("side", ['<img src="x.png">', "[sound:x.mp3]", "<video></video>"])
def test_what_is_lost_makes_the_row_wrong(side):
    (row,) = content_of(*HEAD, f"a?\t{side}".replace('"', "'")).items
    assert [mistake.column for mistake in row.mistakes] == ["answer"]


def test_cloze_cards_are_left_out_by_name():
    content = content_of(*HEAD, "This is {{c1::x}}\t", "a?\tb")
    assert len(content.items) == 1
    assert [left.place for left in content.left_out] == ["row 3"]


def test_a_quote_without_its_end_is_refused():
    with pytest.raises(FormatError, match="not readable as cards"):
        content_of(*HEAD, '"a?\tb')
