"""Whether a text without a stated format is HTML, or talks about it."""

import json
from time import perf_counter

import pytest

from questions.formats import read_file

UID = "817662ef-cc00-429a-a7df-1a928d21f1b3"
HTML = [
    ("<p>What is <b>a</b>?</p>", "What is **a**?"),
    ("<P>One.</P>\n<p>Two &amp; three.</p>", "One.\n\nTwo & three."),
    ("<p>One.</p>&nbsp;<p>Two.</p>", "One.\n\nTwo."),
    ("<div>One<br>two<br/>three</div>", "One\\\ntwo\\\nthree"),
    ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
    ("<ul><li>one<li>two</ul>", "- one\n- two"),
    ("<p>One.<p>Two.", "One.\n\nTwo."),
    ('<p class="x"><span style="font-weight: bold">a</span> b</p>', "**a** b"),
    ("<b>a</b>", "**a**"),
    ("<p>Use <code>List&lt;Row&gt;</code> for a &lt; b.</p>", "Use `List<Row>` for a < b."),
    ("<!-- x --><p>One *two*.</p>", "One \\*two\\*."),
]
TYPED = [
    "a < b",
    "Is a<b?",
    "What is a List<Row>?",
    "Map<String, List<Row>> or vector<int>?",
    "<T extends Comparable<T>> void sort(List<T> list)",
    "<T>x</T>",
    "#include <vector>",
    "`<p>One.</p>`",
    "```html\n<p>One.</p>\n```",
    "<person><name>A</name></person>",
    "a <= b, a <- b, x << 2, <3",
    "<https://example.org>",
    "&lt;b&gt;",
]
NAMED = [
    "Is a<b and c>d?",
    "What does <b> do?",
    "How do <b> and <strong> differ?",
    "How does <b>a</b> differ from <strong>a</strong>?",
    "What is <b>a</b>?",
    "One<br>two",
    "<br>",
    "<div></div>",
    "<p>One.</p> and then?",
    "Is <p>One.</p>",
    "<p>One.</b></p>",
    "<b>One",
    "<html><body><p>One.</p></body></html>",
    "<form><input name=a></form>",
    "<script>alert(1)</script>",
    "<p>One.</p><script>alert(1)</script>",
    "One <!-- two -->",
]


def rows_with(text: str, field: str = "answer") -> list:
    """The question of a CSV file, a JSON and a YAML file with this text."""
    row = {"prompt": "Why?", field: text}
    cells = (f'"{value.replace(chr(34), chr(34) * 2)}"' for value in row.values())
    written = {
        "csv": f"{','.join(row)}\n{','.join(cells)}\n",
        "json": json.dumps([row]),
        "yaml": json.dumps({"questions": [row]}),
    }
    files = [read_file(f"x.{name}", data.encode()) for name, data in written.items()]
    return [content.items[0] for content in files]


@pytest.mark.parametrize(("html", "markdown"), HTML)
def test_a_text_whose_words_all_stand_in_html_becomes_markdown_and_says_so(html, markdown):
    for row in rows_with(html):
        assert (row.values["answer"], row.mistakes) == (markdown, ())
        assert ["HTML" in told for told in row.not_taken] == [True]


@pytest.mark.parametrize("text", TYPED)
def test_code_stays_as_typed(text):
    for row in rows_with(text):
        assert (row.values["answer"], row.mistakes, row.not_taken) == (text, (), ())


@pytest.mark.parametrize("text", NAMED)
def test_other_html_stays_as_typed_and_is_named(text):
    for row in rows_with(text):
        assert (row.values["answer"], row.mistakes) == (text, ())
        assert ["answer: HTML" in told for told in row.not_taken] == [True]


def test_the_tags_of_a_prompt_are_named_by_name():
    (row, *_) = rows_with("What does <b> do, and <b>a</b>?", "prompt")
    (told,) = row.not_taken
    assert "“<b>”, “</b>”" in told


@pytest.mark.parametrize("field", ["prompt", "how_to_answer", "example_answer"])
def test_every_text_is_read_so(field):
    for row in rows_with("<p>What is <i>a</i>?</p>", field):
        assert row.values[field] == "What is *a*?"


@pytest.mark.parametrize(
    ("html", "points"),
    [
        ("<ul><li>One <b>a</b>.</li><li>Two.</li></ul>", ("One **a**.", "Two.")),
        ("<p>One.<br>Two.</p>", ("One.", "Two.")),
        ("<p>One.</p><p>Two.</p>", ("One.", "Two.")),
        (["<p>One.</p>", "Two <b>a</b>."], ("One.", "Two <b>a</b>.")),
    ],
)
def test_key_points_in_html_are_a_line_each(html, points):
    cells = json.dumps([{"prompt": "Why?", "key_points": html}])
    (row,) = read_file("x.json", cells.encode()).items
    assert (row.values["key_points"], row.mistakes) == (points, ())
    assert any("HTML" in told for told in row.not_taken)


def test_key_points_on_a_flash_card_are_a_line_each():
    text = "#separator:tab\n#html:true\n#columns:Front\tBack\tKey points\nWhy?\tSo.\tOne.<br>Two.\n"
    (row,) = read_file("x.txt", text.encode()).items
    assert row.values["key_points"] == ("One.", "Two.")


@pytest.mark.parametrize("field", ["prompt", "answer"])
def test_what_html_can_not_say_here_makes_the_row_wrong_or_is_named(field):
    for row in rows_with("<p>a <img src=b.png></p>", field):
        assert [mistake.column for mistake in row.mistakes] == [field]
    for row in rows_with("<p>a <u>b</u></p>", field):
        assert any("underlining" in told for told in row.not_taken)


def test_cards_whose_file_says_nothing_of_html_are_read_so_too():
    text = "What does <b> do?\t<p>It is <i>a</i>.</p>\nWhat is *b*?\tA List<Row> of `c`.\n"
    html, plain = read_file("x.txt", text.encode()).items
    assert html.values["prompt"] == "What does \\<b> do?"
    assert html.values["answer"] == "It is *a*."
    assert ["HTML" in told for told in html.not_taken] == [True, True]
    assert plain.values["prompt"] == "What is \\*b\\*?"
    assert plain.not_taken == ()


def test_our_own_export_is_taken_as_it_is():
    html = "<p>What is <b>a</b>?</p>"
    (row,) = read_file("x.csv", f"uid,prompt\n{UID},{html}\n".encode()).items
    assert (row.values["prompt"], row.not_taken) == (html, ())


@pytest.mark.parametrize(
    "part", ["<p>", "<b>a", "</p>", "<p>a</p>", "<", "<!--", "<a href='", "<p", "&", "<li>a"]
)
def test_hazard_30_a_hostile_text_takes_seconds_at_most(part):
    start = perf_counter()
    text = f"<p>{part * (40_000 // len(part))}</p>"
    read_file("x.json", json.dumps([{"prompt": "Why?", "answer": text}]).encode())
    assert perf_counter() - start < 4
