import pytest
from hypothesis import given
from hypothesis import strategies as st

from attempts.rules.history.search import END, MARK, MOST, Part, snippet, web_query


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("", ""),
        ("  ", ""),
        ("cache", "cache"),
        ("cache latency", "cache latency"),
        ("cache or latency", "cache or latency"),
        ("-cache", "-cache"),
        ("p99", "p99"),
        # what is joined is a phrase
        ("KV-cache", '"KV cache"'),
        ("train/test", '"train test"'),
        ("tokenizer.encode", '"tokenizer encode"'),
        ("snake_case", '"snake case"'),
        ("0.5", '"0 5"'),
        ("-KV-cache", '-"KV cache"'),
        ('"KV-cache hit"', '"KV cache hit"'),
        ('-"KV-cache hit"', '-"KV cache hit"'),
        ("C++", "C"),
        # what people and telephones type
        ("“paged attention”", '"paged attention"'),
        ('"never closed', '"never closed"'),
        ('"or"', '"or"'),
        ("- / .", ""),
        ("don't", '"don t"'),
        ("a:* & !b | (c)", "a b c"),
        (f"{MARK}x{END}", "x"),
        ("naïve Müller", "naïve Müller"),
    ],
)
def test_how_a_search_is_read(words, query):
    assert web_query(words) == query


def marked(text: str, *found: str) -> str:
    for word in found:
        text = text.replace(word, f"{MARK}{word}{END}")
    return text


def test_the_words_that_were_found_are_marked():
    text = "A KV-cache keeps keys.\nThe cache grows."
    assert snippet(text, marked(text, "cache")) == [
        Part("A KV-"),
        Part("cache", is_found=True),
        Part(" keeps keys. The "),
        Part("cache", is_found=True),
        Part(" grows."),
    ]


def test_a_long_answer_is_cut_between_words_around_what_was_found():
    text = "before " * 200 + "cache" + " after" * 200
    parts = snippet(text, marked(text, "cache"))
    assert parts[0].text == parts[-1].text == "…"
    assert Part("cache", is_found=True) in parts
    inside = "".join(part.text for part in parts[1:-1])
    assert set(inside.split()) == {"before", "cache", "after"}
    assert len(inside) <= MOST


def test_without_a_mark_it_is_the_beginning():
    text = "word " * 500
    parts = snippet(text, text)
    assert parts[0].text.startswith("word word")
    assert not any(part.is_found for part in parts)


def test_one_endless_word_is_no_failure():
    text = "x" * 20_000
    parts = snippet(text, f"{MARK}{text}{END}")
    assert [part.is_found for part in parts] == [True]


TEXTS = st.lists(st.tuples(st.text("ab \n.", max_size=90), st.text("xyz", min_size=1, max_size=9)))


@given(TEXTS)
def test_whatever_is_found_the_snippet_is_a_part_of_the_answer(pieces):
    text = "".join(before + word for before, word in pieces)
    parts = snippet(text, "".join(f"{before}{MARK}{word}{END}" for before, word in pieces))
    shown = "".join(part.text for part in parts if part.text != "…")
    assert shown in " ".join(f" {text} ".split()) or shown.strip() in " ".join(text.split())
    if pieces:
        assert any(part.is_found for part in parts)
