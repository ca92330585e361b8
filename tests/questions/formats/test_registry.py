"""Files as other systems write them, and rows with mistakes in them."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from questions.formats import FIELDS, FORMATS, FormatError, PhrasingRecord, read_file
from questions.formats.markup.losses import Losses
from questions.formats.markup.markdown_blocks import markdown_of_blocks
from questions.formats.markup.sources import blocks_in
from questions.formats.records import WrongValue
from questions.rules.limits import MAX_TEXT
from tests.questions.large_bank import many_questions, many_topics

FILES = Path(__file__).parent / "files"


def read(name: str):
    return read_file(name, (FILES / name).read_bytes())


def rows_of(text: str, name: str = "x.csv"):
    return read_file(name, text.encode()).items


def markdown_of(html: str) -> str:
    losses = Losses()
    return markdown_of_blocks(blocks_in(html, "html", losses), losses)


def test_a_course_of_moodle():
    content = read("moodle_course.xml")
    essay, picture = content.items
    assert essay.values == {
        "topic_name": "Model quality",
        "difficulty": 3,
        "prompt": "What is **concept drift**,\u00a0and how does it differ from *data drift*?",
        "answer": "The relation of inputs to targets changes.\n\n- slowly\n- at once",
        "how_to_answer": "Look for an example.",
        "key_points": ("Inputs may stay the same.", "Labels are needed to see it."),
    }
    assert (essay.place, essay.mistakes) == ("line 15", ())
    (lost,) = picture.mistakes
    assert (lost.column, lost.what) == ("prompt", "has what this bank can't hold: file, img")
    assert [(left.name, left.why.partition(":")[0]) for left in content.left_out] == [
        ("Which metric?", "multichoice question"),
        ("Pair them", "matching question"),
        ("Fill in", "cloze question"),
        ("Is it so?", "truefalse question"),
    ]


def test_a_course_in_gift():
    content = read("canvas_course.gift")
    assert [dict(row.values) for row in content.items] == [
        {
            "prompt": "What is **drift**: in one sentence?",
            "answer": "Change, over time.",
            "difficulty": 2,
            "topic_name": "Model quality",
        },
        {
            "prompt": "Describe a rollback {of a model}.\n\nIt may take\\\nseveral lines.",
            "topic_name": "Model quality",
        },
        {"prompt": "Describe a canary", "topic_name": "Model quality"},
        {},
    ]
    assert "has braces that do not pair up" in str(content.items[3].mistakes[0])
    assert [(left.name, left.why.partition(":")[0]) for left in content.left_out] == [
        ("Grant", "multiple-choice question"),
        ("True", "true-false question"),
        ("Numbers", "numerical question"),
        ("Pairs", "matching question"),
        ("Short", "short-answer question"),
        ("Gap", "multiple-choice question"),
        ("Read the paper before you go on.", "description"),
    ]
    assert "GIFT has no place for key points" in content.notes[0]


def test_a_table_with_semicolons_and_spaced_headings():
    shadow, canary = read("semicolons.csv").items
    assert shadow.values == {
        "prompt": 'What is a "shadow" deployment; and why?',
        "topic": "data",
        "difficulty": 3,
        "key_points": ("It gets real traffic.", "Nobody sees its answers."),
    }
    assert (canary.place, canary.values["key_points"]) == ("row 4", ())


def test_a_spreadsheet_with_numbers_dates_and_gaps():
    book, out = Workbook(), io.BytesIO()
    for row in (
        ["Prompt", "Difficulty", "Seconds", "Answer"],
        ["What?", 2.0, "120", 2024],
        [],
        ["How?", 2.5],
        ["When?", 1, None, date(2026, 1, 1)],
        ["Who?", True],
    ):
        book.active.append(row)
    book.save(out)
    good, half, dated, yes = read_file("x.xlsx", out.getvalue()).items
    assert (good.values["difficulty"], good.values["answer"]) == (2, "2024")
    assert (half.place, half.mistakes[0].column) == ("row 4", "difficulty")
    assert (dated.mistakes[0].column, dated.mistakes[0].what) == ("answer", "is a date")
    assert yes.mistakes[0].column == "difficulty"


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("uid", "817662ef", "“817662ef” is not a UUID. Copy it from an export"),
        ("slug", "two words", "“two words” can't be a slug. Use letters"),
        ("slug", "x" * 81, "has 81 characters. Shorten it to 80"),
        ("topic", "x" * 81, "has 81 characters"),
        ("difficulty", "4", "should be a whole number from 1 to 3, or easy"),
        ("difficulty", "9" * 400, "should be a whole number from 1 to 3"),
        ("difficulty", "٣", "should be a whole number"),
        ("seconds", "0", "should be a whole number from 1 to 86400"),
        ("seconds", "1.5", "should be a whole number"),
        ("status", "live", "“live” is not known. Write one of draft"),
        ("prompt", " ", "is empty. Write the question"),
        ("answer", "x" * (MAX_TEXT + 1), "has 20,001 characters. Shorten it to 20,000"),
        ("key_points", "One.\none.", "“One.” comes twice. Remove one"),
        ("key_points", "x" * 9_000 + "\n" + "y" * 12_000, "has 21,001 characters"),
    ],
)
def test_a_wrong_cell_is_told_with_its_column_and_the_fix(column, cell, message):
    values = {"prompt": "What?", "answer": "That.", column: cell}
    heading, row = ",".join(values), ",".join(f'"{value}"' for value in values.values())
    (item,) = rows_of(f"{heading}\n{row}\n")
    (mistake,) = item.mistakes
    assert (item.place, mistake.column) == ("row 2", column)
    assert message in str(mistake)
    assert column not in item.values


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("prompt", 7.5, "should be a text"),
        ("prompt", ["x"], "should be a text"),
        ("prompt", "half \ud83d", "has the character '\\ud83d', which can't be stored"),
        ("difficulty", True, "should be a whole number"),
        ("difficulty", {"x": 1}, "should be a whole number"),
        ("key_points", [1], "should be a list of texts"),
        ("key_points", {"a": 1}, "should be a list of texts"),
    ],
)
def test_a_wrong_value_of_json_is_told(field, value, message):
    text = json.dumps({"questions": [{"prompt": "What?", field: value}]})
    (item,) = rows_of(text, "x.json")
    assert [message in str(mistake) for mistake in item.mistakes] == [True]
    assert item.place == "entry 1"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("x.csv", "subject,remark\n", "row 1: no column is known as the prompt"),
        ("x.csv", "prompt,anwser\n", "there is no column “anwser”. Did you mean answer"),
        ("x.csv", "prompt,Prompt\n", "the column “prompt” comes twice"),
        ("x.csv", 'prompt\n"a"b\n', "row 2: not readable as CSV"),
        ("x.json", "[]", "there is no row in the file"),
        ("x.json", "7", "expected a list of questions"),
        ("x.json", '{"questions": [{"prompt": "a", "anwser": "b"}]}', "Did you mean answer?"),
        ("x.json", '{"questions": {}}', "questions: expected a list of entries"),
        ("x.json", '{"questions": ["a"]}', "questions, entry 1: expected fields"),
        ("x.json", '{"questions": [{"slug": "a", "slug": "b"}]}', "'slug' comes twice"),
        ("x.yaml", "questions:\n- slug: a\n  slug: b\n", "line 3: 'slug' comes twice"),
        ("x.json", '{"qestions": []}', "unknown at the top of the file: qestions"),
        (
            "x.json",
            '{"topics": [{"slug": "a b", "name": "x"}]}',
            "topics, entry 1: slug “a b” can't be a slug",
        ),
        ("x.json", '{"topics": [{"slug": "a"}]}', "topics, entry 1: name is missing"),
        ("x.json", '{"topics": {"slug": "a"}}', "topics: expected a list of entries"),
        ("x.xml", "<html></html>", "a web page"),
        ("x.xml", "<nothing></nothing>", "expected <quiz>"),
        ("x.xml", "<quiz>\n<a></quiz>", "line 2, column 6: not readable as XML: mismatched tag"),
        ("x.gift", "Nothing here.", "there is no question in the file"),
        ("x.docx", "x", "this is a text document, which can't be read here"),
        ("x.foo", "x", "“.foo” can't be read"),
        ("x", "x", "“” can't be read"),
        ("x.csv", "PK\3\4", "the file is a zip archive"),
    ],
)
def test_a_file_that_is_none_is_refused(name, text, message):
    with pytest.raises(FormatError) as refusal:
        read_file(name, text.encode())
    assert message in str(refusal.value)


def test_a_row_with_too_many_cells():
    (item,) = rows_of("prompt,answer\na,b,c\n")
    assert "has more than 2 cells" in str(item.mistakes[0])


def test_one_column_of_phrasings_without_the_other_is_refused():
    with pytest.raises(FormatError, match="Add not_to_be_confused_with"):
        rows_of("prompt,also_said_as\nWhat?,\n")


def test_interviews_of_a_bank_file_are_read():
    (interview,) = read_file("x.yaml", b"interviews: [{slug: a}]\nquestions: []\n").interviews
    assert (interview.place, interview.name) == ("interviews, entry 1", "a")
    assert [mistake.column for mistake in interview.mistakes] == ["slots"]


def test_every_format_says_every_field():
    for known in FORMATS.values():
        data = known.write(many_topics(), many_questions(1))
        (item,) = read_file(f"x{known.suffix}", data).items
        assert set(item.values) == set(FIELDS)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("plain", "plain"),
        ("<p>one</p><p>two<br>three<br></p>", "one\n\ntwo\\\nthree"),
        ("<h2>A</h2>b <b>c</b> <i>d</i> <code>e_f*</code>", "## A\n\nb **c** *d* `e_f*`"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<pre>x\n  y &lt; z</pre>", "```\nx\n  y < z\n```"),
        ('<a href="https://example.org/">there</a>', "[there](https://example.org/)"),
        ("2 * 3 * 4 [x] snake_case _y_", "2 \\* 3 \\* 4 \\[x\\] snake_case \\_y\\_"),
        ("<p># no heading</p><p>1. no list</p>", "\\# no heading\n\n1\\. no list"),
        ("a &amp;lt;b&amp;gt; &lt;b&gt;", "a \\&lt;b\\&gt; \\<b>"),
        ("<script>alert(1)</script>ok<style>x</style>", "ok"),
        ("<p><b>open", "**open**"),
        ("</ul></li></pre>x</a>", "x"),
        ("<P CLASS=a title='>'>one<BR/>two</P>", "one\\\ntwo"),
        ('<p>a<!-- > <b> -->b<!DOCTYPE html></p><o:p title="<b>">c</o:p>', "ab\n\nc"),
        ("<a title='x=1' HREF=/b?c=d/>there</a>", "there"),
        ("1 < 2 <= 3 <3", "1 < 2 <= 3 <3"),
        ("&#" + "9" * 5_000 + ";", "\ufffd"),
        ("<pre>a \t\n\tb</pre>", "```\na \t\n\tb\n```"),
    ],
)
def test_html_becomes_markdown(html, markdown):
    assert markdown_of(html) == markdown


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("a <b and more", "has a tag or comment without an end: “<b and more”"),
        ("<p title='>x</p>", "has a tag or comment without an end: “<p title='>x</p>”"),
        ("a <!-- > b", "has a tag or comment without an end: “<!-- > b”"),
        ("<ul>" * 10, "has lists more than 8 deep"),
        ("x" * 60_001, "has more than 60,000 characters of HTML"),
    ],
)
def test_html_that_cant_be_read_is_refused_with_what_is_wrong(html, what):
    with pytest.raises(WrongValue) as refusal:
        markdown_of(html)
    assert refusal.value.what == what


def test_phrasings_of_a_moodle_file_and_of_one_without_them():
    def phrasings_in(notes):
        (row,) = rows_of(
            f"<quiz><question type='essay'><questiontext><text>What?</text></questiontext>"
            f"<graderinfo format='markdown'><text>{notes}</text></graderinfo></question></quiz>",
            "x.xml",
        )
        return row.values.get("phrasings")

    points = "### Key points\n\n- One.\n- Two."
    assert phrasings_in(points) is None
    also = f"{points}\n\n### Also said as\n\n2: it caches"
    assert phrasings_in(also) == (PhrasingRecord(), PhrasingRecord(("it caches",)))


def test_key_points_of_a_moodle_file_keep_their_hyphens_and_numbers():
    notes = "### Key points\n\nLatency - cost\n- up to 3. of them\n2) a - b"
    (row,) = rows_of(
        f"<quiz><question type='essay'><questiontext><text>What?</text></questiontext>"
        f"<graderinfo format='markdown'><text>{notes}</text></graderinfo></question></quiz>",
        "x.xml",
    )
    assert row.values["key_points"] == ("Latency - cost", "up to 3. of them", "a - b")


def test_the_feedback_of_a_gift_question_may_have_a_format_of_its_own():
    (row,) = rows_of("::A:: [plain]What_now_? {#### [html]<b>This</b>}\n", "x.gift")
    assert (row.values["prompt"], row.values["answer"]) == ("What_now\\_?", "**This**")
