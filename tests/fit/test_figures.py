import numpy as np
import pytest

from fit import figures


@pytest.mark.parametrize(
    ("made", "not_made", "expected"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1.0),
        ([0.1], [0.9], 0.0),
        ([0.5], [0.5], 0.5),
        ([0.9, 0.1], [0.5], 0.5),
    ],
)
def test_auc(made, not_made, expected):
    assert figures.auc(np.array(made), np.array(not_made)) == expected


def test_auc_of_nothing_is_not_a_number():
    assert np.isnan(figures.auc(np.array([]), np.array([0.5])))


@pytest.mark.parametrize(
    ("found", "labels", "expected"),
    [
        ([True, True], [1, 1], 1.0),
        ([True, False], [0, 1], 0.0),
        ([True, True], [1, 0], 2 / 3),
        ([True, True], [1, 0.5], 1.0),  # in part: left out
        ([True, True], [1, -1], 2 / 3),
        ([False], [0], 0.0),
    ],
)
def test_f_score(found, labels, expected):
    assert figures.f_score(np.array(found), np.array(labels)) == pytest.approx(expected)


def test_a_small_beta_weighs_precision():
    found, labels = np.array([True, True, False]), np.array([1, 0, 1])

    assert figures.f_score(found, labels, beta=0.1) == pytest.approx(0.5)
    assert figures.f_score(np.array([True, False, False]), labels, beta=0.1) > 0.9


def test_the_table_has_a_line_for_each_kind_and_for_all():
    confidences, labels = np.array([0.9, 0.2, 0.8]), np.array([1, 0, 0])

    lines = figures.table(confidences, labels, ["notes", "notes", "wrong"], 0.5)

    assert [line.split()[:2] for line in lines[1:]] == [
        ["notes", "2"],
        ["wrong", "1"],
        ["good", "2"],
        ["all", "3"],
    ]


def test_correlation_is_of_answers_not_of_points():
    confidences, labels = np.array([0.9, 0.9, 0.1, 0.1]), np.array([1, 0.5, 0, -1])

    r = figures.correlation(confidences, labels, ["a", "a", "b", "b"], 0.5)

    assert r == pytest.approx(1)


def test_reliability_counts_every_confidence_once():
    lines = figures.reliability(np.array([0.0, 0.05, 0.55, 1.0]), np.array([0, 1, 1, 1]))

    assert [line.split()[-2:] for line in lines[1:]] == [
        ["2", "0.50"],
        ["1", "1.00"],
        ["1", "1.00"],
    ]
