import pytest
from hypothesis import given
from hypothesis import strategies as st

from attempts.rules.sentences import LONGEST, sentences, whole_sentences
from tests.hostile_texts import HOSTILE, SECONDS, seconds_for


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n - \n", []),
        ("One idea.", ["One idea."]),
        ("One idea. Another one!  A third?", ["One idea.", "Another one!", "A third?"]),
        ("first line\nsecond line", ["first line", "second line"]),
        ("- git tags\n- dvc\n\n* ci", ["git tags", "dvc", "ci"]),
        ("Same. Same. Other.", ["Same.", "Other."]),
        ("改动都有记录。可以回退！为什么？", ["改动都有记录。", "可以回退！", "为什么？"]),
        ("كل تغيير مسجل. لماذا؟ نعم", ["كل تغيير مسجل.", "لماذا؟", "نعم"]),
        ("v1.2 runs on 3.11 now", ["v1.2 runs on 3.11 now"]),
    ],
)
def test_an_answer_in_sentences_and_lines(text, expected):
    assert sentences(text) == expected


def test_a_run_on_sentence_comes_in_pieces():
    text = "so you pin it, " * 30 + "and that is all"
    parts = sentences(text)
    assert all(len(part) <= LONGEST for part in parts)
    assert all(part.endswith(",") for part in parts[:-1])
    assert sentences("x" * 450) == ["x" * 200, "x" * 50]


@given(st.text(max_size=900))
def test_each_is_a_part_of_the_answer_and_short_enough(text):
    parts = sentences(text)
    assert all(part in text and 0 < len(part) <= LONGEST for part in parts)
    assert len(set(parts)) == len(parts)


def test_whole_sentences_are_of_any_length_and_all_there():
    long = "word " * 99 + "end."
    assert whole_sentences(f"{long}\n- Yes.\n…\nYes. No") == [long, "Yes.", "Yes.", "No"]


@pytest.mark.parametrize("what", HOSTILE)
def test_no_text_takes_long(what):
    assert seconds_for(sentences, HOSTILE[what]) < SECONDS
