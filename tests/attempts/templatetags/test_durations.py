from datetime import timedelta

import pytest

from attempts.templatetags.durations import about, clock_face, in_words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "no limit"),
        (0, "0 s"),
        (0.4, "0 s"),
        (45, "45 s"),
        (59.6, "1 min"),
        (60, "1 min"),
        (820, "13 min 40 s"),
        (3600, "1 h"),
        (3601, "1 h"),
        (3900, "1 h 5 min"),
        (90_000, "25 h"),
    ],
)
def test_spans_in_words(seconds, words):
    assert in_words(seconds) == words
    if seconds is not None:
        assert in_words(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("seconds", "face"),
    [
        (None, "no limit"),
        (7200, "120 min"),
        (301, "6 min"),
        (300.001, "6 min"),
        (300, "5:00"),
        (299.2, "5:00"),
        (61, "1:01"),
        (0.001, "0:01"),
        (0, "0:00"),
        (-0.5, "0:00"),
        (-12.5, "+0:12"),
        (-61, "+1:01"),
    ],
)
def test_the_clock_face(seconds, face):
    assert clock_face(None if seconds is None else timedelta(seconds=seconds)) == face


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "about 1 min"), (60, "about 1 min"), (61, "about 2 min"), (3592, "about 60 min")],
)
def test_time_left_where_nothing_counts_down(seconds, words):
    assert about(timedelta(seconds=seconds)) == words
