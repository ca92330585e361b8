"""Which sentence is shown for each key point."""

import pytest

from attempts.rules.results.one_each import one_each


@pytest.mark.parametrize(
    ("worth", "sentences"),
    [
        ([], []),
        ([[], []], [None, None]),
        ([[None, None]], [None]),
        ([[0.4, 0.9]], [1]),
        ([[0.9, None], [None, 0.3]], [0, 1]),
        ([[0.9, 0.5], [0.8, None]], [0, 0]),
        ([[0.8, 0.5], [0.9, 0.1]], [1, 0]),
        ([[0.9, 0.2], [0.8, 0.3]], [0, 1]),
        ([[0.7, None], [0.7, None]], [0, 0]),
    ],
    ids=[
        "no points",
        "no sentences",
        "none says it",
        "the best",
        "each its own",
        "a shared one where a point has no other",
        "whom it suits best keeps it, and the other takes its second",
        "even if the second is much worse",
        "the only one, twice",
    ],
)
def test_each_point_gets_a_sentence_of_its_own_if_there_is_one(worth, sentences):
    assert one_each(worth) == sentences
