"""Markdown as plain words."""

import pytest

from questions.rules.markdown import plain_text


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("", ""),
        ("One line\nthat goes on.", "One line that goes on."),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("# Head\n- *an* item\n- **another** with `code`", "Head\n\nan item\n\nanother with code"),
        ("Read [this](https://example.org).", "Read this."),
        ("Before\n\n```\nx = 1\n```\n\nafter", "Before\n\nafter"),
        ("| a | b |\n|---|---|\n| c | d |", "a\n\nb\n\nc\n\nd"),
        ("a &amp; b", "a & b"),
        (r"not \*this\*", "not *this*"),
    ],
)
def test_the_words_of_a_text(markdown, words):
    assert plain_text(markdown) == words
