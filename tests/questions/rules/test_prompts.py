"""When two prompts ask the same."""

import pytest

from questions.rules.prompts import prompt_key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Why is *that*?", "  why\n IS *that*? ", True),
        ("Why is that?", "Why is *that*?", False),
        ("", " \n", True),
    ],
)
def test_prompts_that_ask_the_same(one, other, same):
    assert (prompt_key(one) == prompt_key(other)) is same
    assert (prompt_key(one) == prompt_key(other)) is same
