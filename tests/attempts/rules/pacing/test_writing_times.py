"""When an answer was written, as its saves tell."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attempts.rules.pacing.writing_times import WritingTimes


def span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def times_of(saves) -> WritingTimes:
    times = WritingTimes()
    for seconds, has_words in saves:
        times = times.with_text(timedelta(seconds=seconds), has_words=has_words)
    return times


@pytest.mark.parametrize(
    ("saves", "first", "last", "pause"),
    [
        pytest.param([], None, None, None, id="nothing was written"),
        pytest.param([(9, True)], 9, 9, None, id="one save has no pause"),
        pytest.param([(9, True), (12, True)], 9, 12, 3, id="two saves have one"),
        pytest.param([(5, True), (25, True), (30, True)], 5, 30, 20, id="the longest counts"),
        pytest.param([(5, False), (30, True)], 30, 30, None, id="no words, no first word"),
        pytest.param([(5, True), (30, False)], 5, 30, 25, id="emptying it is writing too"),
        pytest.param([(0, True), (0, True)], 0, 0, 0, id="at once"),
        pytest.param([(9, True), (8, True), (12, True)], 8, 12, 3, id="served out of order"),
    ],
)
def test_first_words_and_pauses(saves, first, last, pause):
    assert times_of(saves) == WritingTimes(span(first), span(last), span(pause))


@pytest.mark.parametrize(
    ("saves", "spent", "expected"),
    [
        pytest.param([], 5, (None, None, None), id="nothing to cut"),
        pytest.param([(5, True), (9, True)], 9, (5, 9, 4), id="within it"),
        pytest.param([(5, True), (9, True)], 7, (5, 7, 2), id="a part of the pause"),
        pytest.param([(5, True), (9, True)], 3, (3, 3, 0), id="before the first words"),
        pytest.param([(5, True)], 0, (0, 0, None), id="one save"),
    ],
)
def test_no_time_is_after_the_question_was_closed(saves, spent, expected):
    cut = times_of(saves).within(timedelta(seconds=spent))
    assert cut == WritingTimes(*map(span, expected))


seconds = st.integers(0, 1000)


@given(st.lists(st.tuples(seconds, st.booleans())), seconds)
def test_first_words_and_the_longest_pause_fit_into_the_time_spent(saves, spent):
    times = times_of(saves).within(timedelta(seconds=spent))
    if times.first_word_after is None:
        assert times == WritingTimes()
        return
    pause = times.longest_pause or timedelta()
    assert timedelta() <= times.first_word_after
    assert times.first_word_after + pause <= times.last_word_after <= timedelta(seconds=spent)
