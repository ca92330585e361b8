import numpy as np
import pytest

from attempts.scoring.vectors import (
    LEAST_NEWS,
    Text,
    aligned,
    news,
    packed,
    unit,
    unpacked,
    without,
)

EAST, NORTH = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
NONE = np.zeros((0, 2), np.float32)


def text(*words):
    rows = np.array(words, np.float32).reshape(-1, 2)
    return Text(rows, rows, np.ones(len(rows), np.float32))


def test_unit_leaves_zero_alone():
    np.testing.assert_allclose(unit(np.array([[3.0, 4.0], [0.0, 0.0]])), [[0.6, 0.8], [0, 0]])


def test_without_a_heading_only_the_rest_is_left():
    np.testing.assert_allclose(without(np.array([[0.6, 0.8]]), EAST), [[0, 1]])


@pytest.mark.parametrize(
    ("known", "expected"),
    [(text(), 1), (text(NORTH), 1), (text(EAST), LEAST_NEWS), (text(EAST, NORTH), LEAST_NEWS)],
)
def test_news_is_what_the_other_text_does_not_say(known, expected):
    assert news(text(EAST), known).tolist() == pytest.approx([expected])


@pytest.mark.parametrize(
    ("other", "weights", "expected"),
    [
        (text(EAST, NORTH), [1, 1], 1),
        (text(EAST), [1, 1], 0.5),
        (text(EAST), [3, 1], 0.75),
        (text(-EAST), [1, 1], 0),
        (text(), [1, 1], 0),
    ],
)
def test_aligned_is_the_weighted_share_of_words_that_are_there(other, weights, expected):
    said = text(EAST, NORTH)

    assert aligned(said, np.array(weights, np.float32), other.words) == pytest.approx(expected)


def test_a_text_without_words_is_aligned_with_nothing():
    assert aligned(text(), np.zeros(0, np.float32), text(EAST).words) == 0
    assert news(text(), text(EAST)).shape == (0,)


def test_packed_vectors_come_back_nearly_the_same():
    vectors = unit(np.random.default_rng(1).normal(size=(20, 384)).astype(np.float32))

    back = unpacked(packed(vectors))

    assert packed(vectors).nbytes * 4 == vectors.nbytes
    assert (back * vectors).sum(1).min() > 0.99
