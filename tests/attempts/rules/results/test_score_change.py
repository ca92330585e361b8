"""How a score changed, in words."""

import pytest

from attempts.rules.results.score_change import score_change


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        ((52, 52), (64, 64), "up 12"),
        ((52, 52), (40, 40), "down 12"),
        ((52, 52), (52, 52), "unchanged"),
        ((0, 0), (100, 100), "up 100"),
        ((52, 52), (54, 66), "up 2 to 14"),
        ((52, 52), (40, 50), "down 2 to 12"),
        ((40, 50), (60, 60), "up 10 to 20"),
        ((52, 52), (50, 60), "between 2 down and 8 up"),
        ((52, 52), (52, 60), "between unchanged and 8 up"),
        ((52, 52), (40, 52), "between 12 down and unchanged"),
        ((40, 60), (50, 70), "between 10 down and 30 up"),
    ],
)
def test_the_change_in_words(before, now, words):
    assert str(score_change(before, now)) == words
