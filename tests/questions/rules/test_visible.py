"""Which texts show a reader nothing."""

import pytest

from questions.rules.visible import is_visible, says_something
from tests.hostile_texts import HOSTILE, SECONDS, seconds_for

BLANK = (
    *("", " ", "\t\n", "\u00a0", "\u2003\u3000", "\u2028", "\u0085"),
    *("\u200b", "\u200b\u200c\u200d\u2060\ufeff", "\u00ad", "\u034f", "\u061c", "\u180e"),
    *("\u115f", "\u1160", "\u3164", "\uffa0", "\u17b4\u17b5", "\ufe0f", "\u202e\u2066"),
    *("\u2800", "\ufffc", "\u0301", "\U000e0020", "\U000e0100", "\U0001d159", "\x07"),
)


@pytest.mark.parametrize("text", BLANK, ids=ascii)
def test_what_nobody_sees(text):
    assert not is_visible(text)
    assert not is_visible(" \u200b".join([text, text]))
    assert is_visible(f"{text}a")


@pytest.mark.parametrize("text", ["a", "7", "?", "→", "漢", "e\u0301", "🙂", "❤\ufe0f", "\u200ba"])
def test_what_somebody_sees(text):
    assert is_visible(text)
    assert says_something(text)


@pytest.mark.parametrize(
    "markdown",
    [*BLANK, "&nbsp;", "&#8203;&zwnj;", "&#x2800;", "#", "## &shy;", "- ", "* \n- ", ">"],
    ids=ascii,
)
def test_markdown_that_renders_to_nothing(markdown):
    assert not says_something(markdown)


@pytest.mark.parametrize(
    "markdown", ["`&nbsp;`", "# a", "- ?", "&amp;", "&nosuch;", "#hash", "*args"]
)
def test_markdown_that_shows_something(markdown):
    assert says_something(markdown)


@pytest.mark.parametrize("what", HOSTILE)
def test_no_text_takes_long(what):
    assert seconds_for(says_something, HOSTILE[what]) < SECONDS
