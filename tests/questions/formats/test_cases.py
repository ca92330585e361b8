"""Files as people have them: every question is read, and what is not taken is named."""

import pytest

from questions.formats import read_file
from tests.questions.formats.cases import PAIRS, bytes_of


@pytest.mark.parametrize("name", PAIRS)
def test_a_file_that_people_have_is_read(name):
    items = read_file(name, bytes_of(name)).items
    assert [row.mistakes for row in items] == [()] * len(PAIRS[name])
    assert [row.values["prompt"] for row in items] == list(PAIRS[name])
    for row in items:
        assert row.values["answer"].startswith(PAIRS[name][row.values["prompt"]])


def test_a_level_is_the_difficulty_and_other_columns_are_named():
    items = read_file("q.csv", bytes_of("question_answer.csv")).items
    assert [row.values["difficulty"] for row in items] == [1, 3]
    assert {row.not_taken for row in items} == {("column Source",)}


def test_tags_of_a_list_are_named():
    (row,) = read_file("q.json", bytes_of("list_at_top.json")).items
    assert row.not_taken == ("tag deployment",)
    assert len(row.values["key_points"]) == 1


def test_headings_are_topics_and_code_is_whole():
    batching, cold = read_file("q.md", bytes_of("questions.md")).items
    assert batching.values["topic_name"] == cold.values["topic_name"] == "Serving"
    code = '```python\nprint("a code block stays a code block")\n```'
    assert cold.values["answer"].endswith(code)


def test_a_sheet_without_questions_is_named():
    content = read_file("q.xlsx", bytes_of("readme_first.xlsx"))
    assert [left.place for left in content.left_out] == ["sheet Read me"]
    assert content.items[0].place == "sheet Questions, row 2"
