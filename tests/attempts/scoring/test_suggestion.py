"""How probabilities become a suggestion, and what phrasings do to it."""

import numpy as np
import pytest

from attempts.scoring import score
from attempts.scoring.judgement import Judge, Limits, Logistic
from attempts.scoring.measures import CLOSE, READ
from attempts.scoring.observing import Reading
from attempts.scoring.suggestion import is_unsure, point_from
from attempts.scoring.texts import Unit

MEASURES = CLOSE + READ
ANSWER = "It caches results. It never caches."
CACHES, NEVER = Unit(0, 18, "It caches results."), Unit(19, 35, "It never caches.")
LIMITS = Limits(found=0.6, unsure=0.3, opposite=0.4)


def only(name):
    """A regression in which one measure is the log-odds."""
    weights = np.array([float(name == each) for each in MEASURES], np.float32)
    return Logistic(weights, 0.0)


JUDGE = Judge(said=only("said"), true=only("true"), limits=LIMITS)


def reading(unit, said, true, answer=0.5):
    """A unit with these probabilities of speaking of the point, truly, and in a fitting answer."""
    of = {"said": said, "true": true, "answer": answer}
    odds = {name: np.log(each / (1 - each)) for name, each in of.items()}
    measures = np.array([odds.get(name, 0.0) for name in MEASURES], np.float32)
    return Reading(unit, measures, against="It has no cache.")


@pytest.mark.parametrize(
    ("said", "true", "state"),
    [
        (0.99, 0.99, "found"),
        (0.9, 0.7, "found"),
        (0.6, 0.8, "unsure"),
        (0.9, 0.1, "opposite"),
        (0.9, 0.48, "opposite"),
        (0.5, 0.1, "opposite"),
        (0.3, 0.1, "not found"),
        (0.1, 0.9, "not found"),
    ],
)
def test_what_is_said_and_how_truly(said, true, state):
    point = point_from([reading(CACHES, said, true)], ANSWER, JUDGE)

    assert point["covered"] == (state == "found")
    assert point["opposite"] == ("It has no cache." if state == "opposite" else None)
    assert is_unsure(point) == (state == "unsure")
    assert point["evidence"] == (None if state == "not found" else "It caches results.")


def test_the_best_unit_counts_whatever_the_others_say():
    readings = [reading(NEVER, 0.95, 0.05), reading(CACHES, 0.9, 0.9)]

    point = point_from(readings, ANSWER, JUDGE)

    assert (point["covered"], point["evidence"]) == (True, "It caches results.")
    assert point["opposite"] is None


@pytest.mark.parametrize(
    ("fits", "confidence"), [(0.9, 0.81), (0.4, 0.81), (0.2, 0.405), (0.1, 0.2025)]
)
def test_an_answer_that_hardly_fits_the_question_is_doubted(fits, confidence):
    limits = Limits(found=0.6, unsure=0.3, opposite=0.4, fitting=0.4)
    judge = Judge(only("said"), only("true"), limits, fitting=only("answer"))

    point = point_from([reading(CACHES, 0.9, 0.9, answer=fits)], ANSWER, judge)

    assert point["confidence"] == pytest.approx(confidence, abs=1e-4)
    assert point["covered"] == (confidence >= 0.6)


def test_an_answer_that_does_not_fit_the_question_says_no_opposite():
    limits = Limits(found=0.6, unsure=0.3, opposite=0.4, fitting=0.4)
    judge = Judge(only("said"), only("true"), limits, fitting=only("answer"))

    opposites = [
        point_from([reading(NEVER, 0.9, 0.1, answer=fits)], ANSWER, judge)["opposite"]
        for fits in (0.4, 0.1)
    ]

    assert opposites == ["It has no cache.", None]


def test_without_units_nothing_is_found():
    point = point_from([], ANSWER, JUDGE)

    assert point == {"covered": False, "confidence": 0.0, "evidence": None, "opposite": None}


@pytest.mark.usefixtures("any_engine")
def test_another_way_to_say_a_point_is_found_once_it_is_among_the_phrasings():
    question = "What is a feature store for?"
    points = ["Features are computed alike for training and for serving.", "Teams share features."]
    answer = "No more skew between the notebook and the live path."
    phrasings = [{"accept": [answer], "reject": []}, {"accept": [], "reject": []}]

    before = score(question, points, "", answer)["points"][0]["confidence"]
    after = score(question, points, "", answer, phrasings)["points"][0]["confidence"]

    assert after > before


@pytest.mark.usefixtures("minilm")
def test_a_statement_of_the_phrasings_is_taken_at_its_word():
    question = "What is a feature store for?"
    points = ["Features are computed alike for training and for serving.", "Teams share features."]
    right, wrong = "no skew between notebook and live path", "skew between notebook and live path"
    phrasings = [{"accept": [right], "reject": [wrong]}, {"accept": [], "reject": []}]

    found, denied = (
        score(question, points, "", f"So {text}.", phrasings)["points"][0]
        for text in (right, wrong)
    )

    assert (found["covered"], found["opposite"]) == (True, None)
    assert (denied["covered"], denied["opposite"]) == (False, wrong)
