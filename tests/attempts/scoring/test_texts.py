import pytest

from attempts.scoring.texts import MAX_SENTENCE_WORDS, sentences


def parts(text):
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One idea. Another one! A third?", ["One idea.", "Another one!", "A third?"]),
        ("wrapped in the\nmiddle of a line", ["wrapped in the\nmiddle of a line"]),
        ("- first\n- second", ["first", "second"]),
        ("First\n\nsecond", ["First", "second"]),
        ("a tool, e.g. Docker, helps", ["a tool, e.g. Docker, helps"]),
        ("Version 2.5 is out", ["Version 2.5 is out"]),
        (" ... \n", []),
    ],
)
def test_sentences(text, expected):
    assert parts(text) == expected


def test_a_text_without_a_full_stop_comes_in_pieces():
    pieces = sentences("word " * (2 * MAX_SENTENCE_WORDS + 1))

    assert [len(piece.words) for piece in pieces] == [MAX_SENTENCE_WORDS, MAX_SENTENCE_WORDS, 1]
