import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from attempts.models import Attempt
from attempts.templatetags.durations import about, clock_face, in_words, instant, pace, to_most


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


INSTANTS = [
    (datetime(2026, 3, 2, 9, 0, 1, 234567, tzinfo=UTC), "2026-03-02T09:00:01Z"),
    (datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=2))), "2026-03-02T07:00:00Z"),
    (None, ""),
]


@pytest.mark.parametrize(("at", "attribute"), INSTANTS)
def test_an_instant_has_no_parts_of_a_second_that_html_does_not_know(at, attribute):
    assert instant(at) == attribute


def test_every_template_writes_its_instants_so():
    templates = (Path(__file__).parents[3] / "templates").rglob("*.html")
    written = [
        tag for path in templates for tag in re.findall(r'datetime="[^"]*"', path.read_text())
    ]
    assert len(written) >= 6
    assert [tag for tag in written if not tag.endswith('|instant }}"')] == []


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"untimed": True}, "without a time limit"),
        ({"time_factor": Decimal(1)}, ""),
        ({"time_factor": Decimal("1.5")}, "with 50 % more time"),
        ({"time_factor": Decimal(10)}, "with 10 times the standard time"),
    ],
)
def test_how_much_time_was_chosen(chosen, words):
    assert pace(Attempt(**chosen)) == words


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (900, 900, "15 min"),
        (900, 1080, "15 to 18 min"),
        (820, 1120, "13 min 40 s to 18 min 40 s"),
        (30, 45, "30 to 45 s"),
        (45, 60, "45 s to 1 min"),
        (3600, 7200, "1 to 2 h"),
        (3300, 3900, "55 min to 1 h 5 min"),
    ],
)
def test_from_a_time_up_to_a_longer_one(least, most, words):
    assert to_most(least, most) == words
    assert to_most(timedelta(seconds=least), timedelta(seconds=most)) == words


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(890, None, "about 15 min"), (890, 890, "about 15 min"), (890, 1070, "about 15 to 18 min")],
)
def test_about_up_to_a_longer_one(least, most, words):
    span = None if most is None else timedelta(seconds=most)
    assert about(timedelta(seconds=least), span) == words
