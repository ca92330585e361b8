"""When two prompts ask the same; what a prompt is called in a list."""

import pytest

from questions.rules.prompts import prompt_key, prompt_title


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


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("Why is `O(n)` *slow*?", "Why is O(n) slow?"),
        ("What?\n\n```\na\n```", "What?"),
        ("# What?\nSay.", "What?"),
        ("What **is\nthis**?", "What is this?"),
        ("Is 3 < 5 & [7](https://example.org) > 2?", "Is 3 < 5 & 7 > 2?"),
        ("```\n\nprint(1)\n```\nWhat?", "print(1)"),
        ("- What?\n- Why?", "- What?"),
        ("| What? | b |\n|---|---|\n| 1 | 2 |", "What?"),
        ("---", "---"),
        ("Why is _this_ so?", "Why is this so?"),
        ("1. Why?", "1. Why?"),
        ("Why (and when)", "Why (and when)"),
        ("What is it -", "What is it -"),
        (" \n", ""),
    ],
)
def test_the_title_of_a_prompt_is_its_heading_without_markup(prompt, title):
    assert prompt_title(prompt) == title
