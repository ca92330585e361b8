import numpy as np
import pytest

from attempts.scoring.judgement import judgements
from fit.cases import MEASURES, Case
from fit.judgement import fit_fitting, fit_judge
from fit.limits import SPARED, choose_fitting, choose_limits, doubted
from fit.regression import logistic

NOTHING = np.zeros(len(MEASURES), np.float32)


def measures(**values):
    found = NOTHING.copy()
    for name, value in values.items():
        found[MEASURES.index(name)] = value
    return found


def case(label, kind="notes", question="q", answers=None, **values):
    return Case(question, 0, kind, label, np.array([measures(**values)]), answers)


def test_a_regression_learns_and_is_the_same_every_time():
    rows = np.array([measures(said=value) for value in (0.9, 0.8, 0.2, 0.1)])
    labels = np.array([True, True, False, False])

    first, second = (logistic(rows, labels, ("said", "length")) for _ in range(2))

    assert first.stored() == second.stored()
    assert (first(rows) > 0.5).tolist() == labels.tolist()


def test_what_is_said_is_learned_without_false_answers_and_what_is_true_with_them():
    said = [case(1, said=0.9, true=2.0), case(0, said=0.1)] * 20
    false = [case(-1, kind="wrong", said=0.9, true=-2.0)] * 20

    of_said, of_true = fit_judge(said + false, ("said",), ("true",))

    true, wrong = measures(said=0.9, true=2.0), measures(said=0.9, true=-2.0)
    assert of_said(wrong) == of_said(true) > 0.5
    assert of_true(wrong) < 0.5 < of_true(true)


def test_what_fits_is_learned_from_answers_to_other_questions_that_seem_to_make_a_point():
    made = [case(1, said=0.9, true=2.0, answer=0.8), case(0, said=0.1, answer=0.8)] * 20
    foreign = [case(0, answers="another", said=0.9, true=2.0, answer=0.6)] * 20
    false = [case(-1, kind="wrong", said=0.9, true=-2.0, answer=0.8)] * 20

    judge = fit_judge(made + foreign + false, ("said",), ("true",))
    fitting = fit_fitting(made + foreign + false, judge)

    assert judge[0](measures(said=0.9)) > 0.5  # what is said learns nothing from them
    assert fitting(measures(answer=0.8)) > 0.5 > fitting(measures(answer=0.6))


def test_the_doubt_about_an_answer_costs_next_to_none_of_the_points_that_were_found():
    made, foreign = [case(1)] * 200, [case(0, answers="another")] * 200
    confidences = np.full(400, 0.9)
    fits = np.r_[np.linspace(0.25, 1, 200), np.linspace(0, 0.5, 200)]

    limit = choose_fitting(confidences, fits, made + foreign, 0.5)

    found = doubted(confidences, fits, limit) >= 0.5
    assert found[:200].mean() >= 1 - SPARED
    assert found[200:].mean() < 0.6


def test_below_the_lower_limit_few_points_were_made():
    cases = [case(1)] * 80 + [case(0)] * 100
    confidences = np.r_[np.linspace(0.3, 0.9, 80), np.linspace(0.05, 0.5, 100)]

    limits = choose_limits(confidences, cases)

    labels = np.array([c.label for c in cases])
    assert labels[confidences < limits["unsure"]].mean() <= 0.1
    assert limits["unsure"] <= limits["found"]


def test_where_false_answers_are_told_more_certainty_is_asked_for():
    cases = [case(1)] * 80 + [case(0)] * 100
    false = [case(-1, kind="wrong")] * 100
    confidences = np.r_[np.linspace(0.3, 0.9, 80), np.linspace(0.05, 0.5, 100)]
    with_false = np.r_[confidences, np.linspace(0.2, 0.7, 100)]

    assert (
        choose_limits(with_false, cases + false)["found"]
        > choose_limits(confidences, cases)["found"]
    )


@pytest.mark.parametrize("engine", ["minilm", "lexical"])
def test_the_stored_numbers_are_complete(engine):
    judgement = judgements()[engine]
    for judge in (judgement.bare, judgement.plain, judgement.phrased):
        assert 0 < judge.limits.unsure <= judge.limits.found < 1
        assert judge.said.weights.any()
        assert judge.true.weights.any()
