"""Fit the judgement: from measures of labelled answers to attempts/scoring/coefficients.json.

    python -m fit.judgement

The same files give the same numbers. The networks have seen no question of these answers. The
figures that it prints are of questions left out: eight folds of whole questions.
"""

import json
from collections.abc import Sequence

import numpy as np

from attempts.scoring import judgement as scoring
from attempts.scoring.engine import Engine, engine
from attempts.scoring.lexical import Lexical
from attempts.scoring.weights import Array
from fit import figures
from fit.cases import Case, cases
from fit.corpus import Question, core_answers, corpus
from fit.limits import choose_fitting, choose_limits, doubted
from fit.regression import Fit, logistic

FOLDS = 8
ROUNDS = 6  # of choosing the unit that makes a point, and fitting again
SEEN = 0.3  # said from which a pair teaches what is true
NEAR = (
    "said",
    "said_fresh",
    "point",
    "point_fresh",
    "ahead",
    "ahead_fresh",
    "second",
    "words",
    "words_ahead",
    "length",
)
READ_SAID = ("makes", "about")
NEAR_TRUE = ("said", "ahead", "length")
READ_TRUE = ("true", "about")
FITTING = ("answer", "answer_words")
FOREIGN_WEIGHT = 0.3  # of a point that an answer to another question seems to make
LEXICAL_FOUND = 0.6  # what is this near is nearly a copy; it cannot tell true from false


def fit_judge(
    some: Sequence[Case], said: tuple[str, ...], true: tuple[str, ...]
) -> tuple[Fit, Fit]:
    """Whether a point is spoken of, and whether truly. The first learns from no false answer, or it
    would learn to distrust what is near."""
    of_said = _fit_said([case for case in some if case.teaches_said], said)
    pairs, labels = [], []
    for case in some:
        if case.label == 1 or case.is_false:
            likely = of_said(case.measures)
            if likely.max() >= SEEN:
                pairs.append(case.measures[likely.argmax()])
                labels.append(case.label == 1)
    return of_said, logistic(np.array(pairs), np.array(labels), true)


def fit_fitting(some: Sequence[Case], judge: tuple[Fit, Fit]) -> Fit:
    """Whether the answer is one to this question: of points that seem to be made, those that are
    against those in answers to other questions."""
    pairs, labels = [], []
    for case in some:
        if case.is_foreign or case.label == 1:
            likely = judge[0](case.measures) * judge[1](case.measures)
            if likely.max() >= SEEN:
                pairs.append(case.measures[likely.argmax()])
                labels.append(not case.is_foreign)
    counts = np.where(labels, 1.0, FOREIGN_WEIGHT)
    return logistic(np.array(pairs), np.array(labels), FITTING, counts)


def _fit_said(some: Sequence[Case], names: tuple[str, ...]) -> Fit:
    """A point is made if one of the units makes it: choose that unit and fit, in turn."""
    labels = np.array([case.label == 1 for case in some])
    chosen = np.array([case.measures[0] for case in some])
    for _ in range(ROUNDS):
        fit = logistic(chosen, labels, names)
        chosen = np.array([case.measures[fit(case.measures).argmax()] for case in some])
    return fit


def confidence(case: Case, judge: tuple[Fit, Fit]) -> float:
    said, true = judge
    return float((said(case.measures) * true(case.measures)).max())


def left_out(
    some: Sequence[Case], said: tuple[str, ...], true: tuple[str, ...]
) -> tuple[Array, Array]:
    """By a judge that was not fitted on its question, nor on its answer: the confidence in each
    case before the doubt about the whole answer, and the probability that the answer fits (1 if
    some has no answers to other questions)."""
    names = sorted({case.question for case in some})
    fold = {name: i % FOLDS for i, name in enumerate(names)}
    found, fits = np.zeros(len(some)), np.ones(len(some))
    doubts = any(case.is_foreign for case in some)
    for number in range(FOLDS):
        known = [c for c in some if number not in (fold[c.question], fold.get(c.answers or ""))]
        own = [case for case in known if not case.is_foreign]
        judge = fit_judge(own, said, true)
        fitting = fit_fitting(known, judge) if doubts else None
        for i, case in enumerate(some):
            if fold[case.question] == number:
                found[i] = confidence(case, judge)
                fits[i] = fitting(case.measures).max() if fitting else 1.0
    return found, fits


def fit_way(
    encoder: Engine, title: str, questions: Sequence[Question], phrased: bool, foreign: bool
) -> dict[str, dict[str, float]]:
    """The numbers of one pair of regressions, or of three, and their figures on the terminal."""
    some = cases(encoder, questions, phrased, foreign)
    own = [case for case in some if not case.is_foreign]
    is_own = np.array([not case.is_foreign for case in some])
    said, true = _names(encoder, phrased)
    confidences, fits = left_out(some, said, true)
    limits = choose_limits(confidences[is_own], own)
    if foreign:
        found = limits["found"]
        limits["fitting"] = choose_fitting(confidences, fits, some, found)
        before, confidences = confidences, doubted(confidences, fits, limits["fitting"])
        limits["unsure"] = choose_limits(confidences[is_own], own, found)["unsure"]
    if encoder.name == Lexical.name:
        limits["found"] = LEXICAL_FOUND
    judge = fit_judge(own, said, true)
    stored = {"said": judge[0].stored(), "true": judge[1].stored()}
    report(title, own, confidences[is_own], limits)
    if foreign:
        stored["fitting"] = fit_fitting(some, judge).stored()
        shares = [(c[~is_own] >= limits["found"]).mean() for c in (before, confidences)]
        print("points found in answers to other questions: {:.3f}, now {:.3f}".format(*shares))
    return stored | {"limits": limits}


def main() -> None:
    """Fit both engines, print their figures, and write the coefficients."""
    questions = [q for q in corpus() if q.is_for_answers] + core_answers()
    debates = [question for question in questions if not question.model_answer]
    others = [question for question in questions if question.model_answer]
    ways = {"bare": (debates, False), "plain": (others, False), "phrased": (others, True)}
    stored = {}
    for encoder in (engine(), Lexical()):
        reads = encoder.name != Lexical.name
        stored[encoder.name] = {
            way: fit_way(encoder, f"{encoder.name}, {way}", asked, phrased, reads and way != "bare")
            for way, (asked, phrased) in ways.items()
        }
    scoring.FILE.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _names(encoder: Engine, phrased: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The measures of what is said and of what is true."""
    reads = encoder.name != Lexical.name
    rejected = ("not_denied",) if phrased else ()
    said = (*NEAR, *(READ_SAID if reads else ()), *rejected)
    true = (*NEAR_TRUE, *(READ_TRUE if reads else ()), *rejected)
    return said, true


def report(title: str, some: Sequence[Case], confidences: Array, limits: dict[str, float]) -> None:
    labels = np.array([case.label for case in some])
    answers = [(case.question, case.answer) for case in some]
    print(f"\n{title}: {limits}")
    print(*figures.table(confidences, labels, [c.kind for c in some], limits["found"]), sep="\n")
    r = figures.correlation(confidences, labels, answers, limits["found"])
    print(f"r of judged and shown {r:.3f}")
    print(*figures.reliability(confidences, labels), sep="\n")


if __name__ == "__main__":
    main()
