"""One rule for pictures in all formats: they make their row wrong."""

import json

import pytest

from questions.formats import read_file

UID = "817662ef-cc00-429a-a7df-1a928d21f1b3"
MARKDOWN = [
    "See ![a curve](img/b.png).",
    "![](https://example.org/b.png)",
    "See ![a curve][b].\n\n[b]: img/b.png",
    "See ![a curve][b].",
    "[![a badge](b.svg)](https://example.org)",
    "- one\n- two ![b](c.png)",
    "| a | b |\n|---|---|\n| ![b](c.png) | d |",
]
HTML = [
    "<p>See <img src='b.png'>.</p>",
    "<p><a href='https://example.org'><img src='b.png' alt='a curve'></a></p>",
    "<div>a <picture><source srcset='b.webp'><img src='b.png'></picture></div>",
]
NO_PICTURES = [
    "Write `![b](c.png)` for a picture.",
    "```\n![b](c.png)\n```",
    "Is !important! a sign?",
    "It is f![x] or a\\![b](c.png)",
    "wow![^1]",
]
XML = (
    '<quiz><question type="essay"><name><text>A</text></name><questiontext format="html"><text>'
    'What is a?</text></questiontext><generalfeedback format="{style}"><text><![CDATA[{text}]]>'
    "</text></generalfeedback></question></quiz>"
)


def file_with(name: str, answer: str) -> bytes:
    """A file of a question with this answer."""
    row = {"prompt": "What is a?", "answer": answer}
    written = {
        "csv": lambda: 'prompt,answer\nWhat is a?,"' + answer.replace('"', '""') + '"\n',
        "json": lambda: json.dumps([row]),
        "jsonl": lambda: json.dumps(row) + "\n",
        "yaml": lambda: json.dumps({"questions": [row]}),
        "md": lambda: f"# What is a?\n\n{answer}\n",
        "xml": lambda: XML.format(style="markdown", text=answer),
    }
    return written[name]().encode()


def item_of(name: str, data: bytes):
    (row,) = read_file(f"x.{name}", data).items
    return row


def wrong(row) -> list[tuple[str, bool]]:
    return [(m.column, "img" in m.what or "picture" in m.what) for m in row.mistakes]


@pytest.mark.parametrize("name", ["csv", "json", "jsonl", "yaml", "md", "xml"])
@pytest.mark.parametrize("answer", MARKDOWN)
def test_a_picture_in_markdown_makes_its_row_wrong(name, answer):
    row = item_of(name, file_with(name, answer))
    assert wrong(row) == [("answer", True)]
    assert "in words" in row.mistakes[0].fix


@pytest.mark.parametrize("name", ["csv", "json", "jsonl", "yaml", "md", "xml"])
@pytest.mark.parametrize("answer", NO_PICTURES)
def test_what_only_looks_like_one_is_no_picture(name, answer):
    row = item_of(name, file_with(name, answer))
    assert row.mistakes == ()


@pytest.mark.parametrize("html", HTML)
def test_a_picture_in_html_makes_its_row_wrong(html):
    html = html.replace("'", "")
    files = {
        "xml": XML.format(style="html", text=html),
        "txt": f"#separator:tab\n#html:true\nWhat is a?\t{html}\n",
        "md": f"# What is a?\n\n{html}\n",
    }
    for name, text in files.items():
        assert ("answer", True) in wrong(item_of(name, text.encode()))


@pytest.mark.parametrize("field", ["prompt", "how_to_answer", "example_answer", "key_points"])
def test_a_picture_makes_its_row_wrong_in_every_text(field):
    row = {"prompt": "What is a?", "answer": "It is a.", field: "See ![b](c.png)."}
    rows = [row, {**row, "key_points": ["One.", "See ![b](c.png)."]}]
    for one, column in zip(rows, [field, "key_points"], strict=True):
        data = json.dumps([one]).encode()
        assert (column, True) in wrong(item_of("json", data))


@pytest.mark.parametrize("name", ["csv", "json", "xml"])
def test_a_text_of_our_own_export_is_taken_as_it_is(name):
    answer = "See ![b](c.png)."
    texts = {
        "csv": f"uid,prompt,answer\n{UID},What is a?,{answer}\n",
        "json": json.dumps({"questions": [{"uid": UID, "prompt": "What?", "answer": answer}]}),
        "xml": XML.format(style="markdown", text=answer).replace(
            "<questiontext", f"<idnumber>{UID}</idnumber><questiontext"
        ),
    }
    row = item_of(name, texts[name].encode())
    assert (row.mistakes, row.values["answer"]) == ((), answer)
