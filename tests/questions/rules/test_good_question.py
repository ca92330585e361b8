"""What is counted in a question, and that a question within all limits gets no remark."""

from dataclasses import replace

import pytest

from questions.rules.good_question import GoodTexts, remarks

POINT = "It stores results so that reads are fast."
GOOD = GoodTexts("word " * 50, [POINT] * 3, ["Why so?", "", "And then?"], ["A: B"])


def fields(texts) -> list[str]:
    return [field for field, _ in remarks(texts)]


def test_a_good_question_gets_no_remark():
    assert fields(GOOD) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"short_example": "word " * 39}, ["short_example"]),
        ({"short_example": "word " * 40}, []),
        ({"short_example": "word\n" * 65}, []),
        ({"short_example": "word " * 66}, ["short_example"]),
        ({"short_example": " "}, []),
        ({"key_points": [POINT] * 2}, ["key_points"]),
        ({"key_points": [POINT] * 7}, ["key_points"]),
        ({"key_points": [POINT, POINT, "It is too short."]}, ["key_points"]),
        ({"key_points": [POINT, POINT, "a " * 26]}, ["key_points"]),
        ({"key_points": [POINT, POINT, "a " * 25]}, []),
        ({"follow_ups": ["Tell me more.", "", "Why? "]}, ["follow_ups"]),
        ({"follow_ups": ["为什么\uff1f", "", ""]}, []),
        ({"follow_ups": []}, []),
        ({"sources": []}, ["sources"]),
        ({"prompt": "A job of eight workers\nhangs. Why?"}, ["prompt"]),
        ({"prompt": "What is drift?"}, []),
        ({"prompt": "A job hangs.\nWhy?"}, []),
        ({"prompt": "A job hangs, and these are its workers:\n\n- one\n- two"}, []),
        ({"prompt": "Compare bagging and boosting"}, []),
        ({"prompt": "Bagging\n\nHow does it differ from boosting?"}, []),
    ],
)
def test_what_is_missing_is_named_with_its_field(change, expected):
    assert fields(replace(GOOD, **change)) == expected


def test_a_remark_tells_what_there_is_and_what_there_should_be():
    ((_, said),) = remarks(replace(GOOD, short_example="word " * 12))
    assert all(part in said for part in ("12", "40", "65"))
