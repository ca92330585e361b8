"""How it goes in one line: means of the last five interviews and of those before."""

import pytest

from attempts.rules.progress.averages import Averages, averages, how_it_goes


def certain(*scores: int) -> list[tuple[int, int]]:
    return [(score, score) for score in scores]


FIVE_AND_FIVE = certain(70, 60, 64, 66, 60, 50, 48, 49, 49, 49)


@pytest.mark.parametrize(
    ("interviews", "scores", "expected"),
    [
        (1, certain(64), Averages(1, (64, 64))),
        (2, certain(64, 65), Averages(2, (65, 65))),  # 64.5, rounded half up
        (3, certain(64, 65, 64), Averages(3, (64, 64))),
        (7, certain(*[60] * 5, 1, 1), Averages(7, (60, 60))),  # too few before
        (8, certain(*[60] * 5, 50, 49, 51), Averages(8, (60, 60), (50, 50), 3)),
        (12, FIVE_AND_FIVE, Averages(12, (64, 64), (49, 49), 5)),
        (2, [(50, 70), (60, 60)], Averages(2, (55, 65))),
        (1, certain(0), Averages(1, (0, 0))),
    ],
)
def test_the_means_of_the_last_five_and_of_those_before(interviews, scores, expected):
    assert averages(interviews, scores) == expected


def test_without_a_score_there_is_nothing_to_say():
    assert averages(0, []) is None


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Averages(1, (64, 64)), "1 interview; its score is 64."),
        (Averages(1, (60, 80)), "1 interview; its score is 60 to 80."),
        (Averages(3, (64, 64)), "3 interviews; they average 64."),
        (Averages(6, (64, 64)), "6 interviews; your last five average 64."),
        (
            Averages(12, (64, 64), (49, 49), 5),
            "12 interviews; your last five average 64, up from 49 in the five before.",
        ),
        (
            Averages(8, (40, 40), (49, 49), 3),
            "8 interviews; your last five average 40, down from 49 in the three before.",
        ),
        (
            Averages(9, (49, 49), (49, 49), 4),
            "9 interviews; your last five average 49, as in the four before.",
        ),
        (  # unsure points could make it less than before
            Averages(12, (48, 64), (49, 49), 5),
            "12 interviews; your last five average 48 to 64, against 49 in the five before.",
        ),
        (
            Averages(12, (50, 64), (40, 49), 5),
            "12 interviews; your last five average 50 to 64, more than the 40 to 49 in the five"
            " before.",
        ),
        (
            Averages(12, (30, 30), (40, 49), 5),
            "12 interviews; your last five average 30, less than the 40 to 49 in the five before.",
        ),
    ],
)
def test_how_it_goes_in_words(found, words):
    assert how_it_goes(found) == words
