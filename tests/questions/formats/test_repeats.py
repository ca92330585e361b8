"""Rows that say the same as another row of their file."""

import pytest

from questions.formats import FORMATS, read_file
from tests.questions.large_bank import many_questions, many_topics


@pytest.mark.parametrize("field", ["uid", "slug"])
def test_hazard_32_what_comes_twice_in_a_file_is_wrong_in_both_rows(field):
    first, second = many_questions(2)
    duplicate = type(second)(**{**vars(second), field: getattr(first, field)})
    content = read_file("x.csv", FORMATS["csv"].write(many_topics(), [first, duplicate]))
    messages = [[str(mistake) for mistake in row.mistakes] for row in content.items]
    assert [row[0].startswith(f"{field}: is the same as at row") for row in messages] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (["one,Why?", "two,why?"], [False, False]),
        ([",Why?", ",  WHY?"], [True, True]),
        (["one,Why?", ",Why?"], [False, True]),
    ],
)
def test_hazard_32_a_prompt_may_come_twice_where_slugs_tell_the_rows_apart(rows, wrong):
    content = read_file("x.csv", "\n".join(["slug,prompt", *rows]).encode())
    messages = [[str(mistake) for mistake in row.mistakes] for row in content.items]
    assert [
        row != [] and row[0].startswith("prompt: is the same as at row") for row in messages
    ] == wrong
