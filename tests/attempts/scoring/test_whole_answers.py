"""An answer counts as a whole: one about something else makes no point in passing."""

import pytest

from attempts.scoring import score
from fit.corpus import core_answers

QUESTIONS = {question.name.removeprefix("core/"): question for question in core_answers()}

pytestmark = pytest.mark.usefixtures("minilm")


def found(name, answer):
    question = QUESTIONS[name]
    texts = [point.text for point in question.points]
    phrasings = [{"accept": point.accept, "reject": point.wrong} for point in question.points]
    points = score(question.prompt, texts, question.model_answer, answer, phrasings)["points"]
    return [point["covered"] for point in points]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("containerization", "data-pipelines"),
        ("virtual-environments", "data-pipelines"),
        ("transfer-learning", "cross-validation"),
        ("feature-scaling", "data-versioning"),
    ],
)
def test_a_good_answer_to_another_question_makes_no_point(name, other):
    assert not any(found(name, QUESTIONS[other].model_answer))


@pytest.mark.parametrize("name", ["feature-scaling", "cross-validation"])
def test_the_same_answers_make_most_points_of_their_own_question(name):
    points = found(name, QUESTIONS[name].model_answer)

    assert sum(points) >= 0.7 * len(points)


@pytest.mark.parametrize(
    "name", ["version-control", "virtual-environments", "transfer-learning", "feature-engineering"]
)
def test_an_answer_that_makes_one_point_and_then_strays_is_credited(name):
    [partial] = [answer for answer in QUESTIONS[name].answers if answer.kind == "partial"]

    assert found(name, partial.text)[partial.labels.index(1)]
