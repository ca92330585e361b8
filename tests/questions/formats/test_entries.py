"""JSON and YAML of other programs: lists, lines, sections, and other names for the fields."""

import json

import pytest

from questions.formats import FormatError, read_file

ENTRY = {"question": "a?", "answer": "b"}
PAIR = {"prompt": "a?", "answer": "b"}


def content_of(document: object, name: str = "x.json"):
    text = document if isinstance(document, str) else json.dumps(document)
    return read_file(name, text.encode())


@pytest.mark.parametrize(
    "document",
    [
        [ENTRY],
        {"questions": [ENTRY]},
        {"data": [ENTRY]},
        {"cards": [{"front": "a?", "back": "b"}]},
        {"title": "Ours", "version": 2, "questions": [ENTRY]},
        {"data": {"questions": [ENTRY]}},
        {"questions": {"q1": ENTRY}},
        {"a?": "b"},
        [{"questionText": "a?", "modelAnswer": "b"}],
        [{"Q": "a?", "A": "b"}],
        [{"prompt": "a?", "model answer": "b"}],
        '{"question": "a?", "answer": "b"}',
    ],
)
def test_the_questions_are_found(document):
    rows = content_of(document if not isinstance(document, str) else f"[{document}]").items
    assert [dict(row.values) for row in rows] == [PAIR]


@pytest.mark.parametrize("name", ["x.jsonl", "x.ndjson", "x.json", "x.txt"])
def test_json_lines_are_read_line_by_line(name):
    lines = '{"question": "a?", "answer": "b"}\n\n{"q": "c?", "a": "d"}\n'
    if name in ("x.json", "x.txt"):
        lines = lines.replace('q"', 'question"').replace('"a"', '"answer"')
    rows = content_of(lines, name).items
    assert [row.place for row in rows] == ["line 1", "line 2"]


def test_two_names_for_one_field_in_one_file_are_asked_about():
    with pytest.raises(FormatError, match="could each be the prompt"):
        content_of([ENTRY, {"prompt": "c?", "answer": "d"}])


@pytest.mark.parametrize(
    "document",
    [
        {"Networks": [ENTRY], "Linux": [{"question": "c?", "answer": "d"}]},
        {"sections": [{"name": "Networks", "questions": [ENTRY]}]},
        {"topics": {"Networks": {"questions": [ENTRY]}}},
    ],
)
def test_the_name_of_a_section_is_the_topic(document):
    row = content_of(document).items[0]
    assert (row.values["topic_name"], row.values["prompt"]) == ("Networks", "a?")


def test_what_else_is_there_is_named():
    content = content_of({"author": "me", "data": [{**ENTRY, "tags": ["x", "y"], "votes": 3}]})
    assert content.items[0].not_taken == ("tag x", "tag y", "column votes")
    assert "Not taken from the top of the file: author." in content.notes


def test_choices_make_a_question_of_another_kind():
    content = content_of([{**ENTRY, "options": ["b", "c"]}])
    assert content.items == ()
    assert content.left_out[0].why.startswith("multiple-choice question")


def test_yaml_is_read_the_same_way():
    content = content_of("- Question: a?\n  Model answer: b\n  Tags: [x]\n", "x.yaml")
    (row,) = content.items
    assert (dict(row.values), row.not_taken) == (PAIR, ("tag x",))


def test_words_for_nothing_are_refused_but_not_in_a_file_of_ours():
    (row,) = content_of([{"question": "a?", "answer": "nan"}]).items
    assert [mistake.column for mistake in row.mistakes] == ["answer"]
    uid = "817662ef-cc00-429a-a7df-1a928d21f1b3"
    (row,) = content_of({"questions": [{"uid": uid, "prompt": "a?", "answer": "None"}]}).items
    assert (row.values["answer"], row.mistakes) == ("None", ())


def test_an_apostrophe_of_json_is_a_part_of_the_text():
    (row,) = content_of([{"question": "a?", "answer": "'=x"}]).items
    assert row.values["answer"] == "'=x"


@pytest.mark.parametrize("document", ["7", '"a?"', "{}", '{"a": 1}', '["a?"]', "[[1]]"])
def test_a_document_without_questions_is_refused(document):
    with pytest.raises(FormatError):
        content_of(document)
