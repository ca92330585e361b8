"""Fit the judgement: from measures of labelled answers to attempts/scoring/coefficients.json.

    python -m fit.judgement

The same files give the same numbers. The networks have seen no question of these answers. The
figures that it prints are of questions left out: eight folds of whole questions.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from attempts.scoring import judgement as scoring
from attempts.scoring.engine import Engine, engine
from attempts.scoring.lexical import Lexical
from attempts.scoring.measures import CLOSE, READ
from attempts.scoring.observing import nearest, observe
from attempts.scoring.suggestion import prepared_question
from attempts.scoring.weights import Array
from fit import figures
from fit.corpus import Question, core_answers, corpus

RIDGE = 3.0
FOLDS = 8
ROUNDS = 6  # of choosing the unit that makes a point, and fitting again
SEEN = 0.3  # said from which a pair teaches what is true
MEASURES = CLOSE + READ
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
WARY = 0.5**0.5  # beta of the F score: precision weighs 1 / beta² as much as recall
MISSED = 0.1
OPPOSITE = 0.65  # probability of speaking of a point falsely: of these, 84 % do
LEXICAL_FOUND = 0.6  # what is this near is nearly a copy; it cannot tell true from false
LIMITS = np.arange(0.1, 0.8, 0.01)


@dataclass(frozen=True)
class Case:
    """One point beside one answer. measures: of its nearest units, shape (units, measures)."""

    question: str
    answer: int
    kind: str
    label: float
    measures: Array

    @property
    def teaches_said(self) -> bool:
        return self.label in (0, 1) and self.kind != "wrong"

    @property
    def is_false(self) -> bool:
        return self.label < 0 or (self.label == 0 and self.kind == "wrong")


@dataclass(frozen=True)
class Fit:
    """A logistic regression on named measures."""

    names: tuple[str, ...]
    weights: Array
    constant: float

    def __call__(self, measures: Array) -> Array:
        columns = [MEASURES.index(name) for name in self.names]
        probability: Array = 1 / (
            1 + np.exp(-np.clip(measures[..., columns] @ self.weights + self.constant, -30, 30))
        )
        return probability

    def stored(self) -> dict[str, float]:
        named = zip(self.names, self.weights, strict=True)
        return {name: round(float(weight), 4) for name, weight in named} | {
            "constant": round(float(self.constant), 4)
        }


def cases(encoder: Engine, questions: Sequence[Question], phrased: bool) -> list[Case]:
    """Every point of every answer, measured with or without the questions' phrasings."""
    found = []
    for question in questions:
        texts = [point.text for point in question.points]
        phrasings = [{"accept": p.accept, "reject": p.wrong} for p in question.points]
        prepared = prepared_question(
            encoder, question.prompt, texts, question.model_answer, phrasings if phrased else None
        )
        for number, answer in enumerate(question.answers):
            readings = nearest(encoder, prepared, observe(encoder, prepared, answer.text))
            for label, of_point in zip(answer.labels, readings, strict=True):
                measures = np.array([each.measures for each in of_point]).reshape(-1, len(MEASURES))
                found.append(Case(question.name, number, answer.kind, label, measures))
    return [case for case in found if len(case.measures)]


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


def _fit_said(some: Sequence[Case], names: tuple[str, ...]) -> Fit:
    """A point is made if one of the units makes it: choose that unit and fit, in turn."""
    labels = np.array([case.label == 1 for case in some])
    chosen = np.array([case.measures[0] for case in some])
    for _ in range(ROUNDS):
        fit = logistic(chosen, labels, names)
        chosen = np.array([case.measures[fit(case.measures).argmax()] for case in some])
    return fit


def logistic(measures: Array, labels: np.ndarray, names: tuple[str, ...]) -> Fit:
    """Ridge logistic regression by Newton's method, on standardized measures."""
    x = measures[:, [MEASURES.index(name) for name in names]].astype(float)
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    ridge = np.diag([RIDGE] * len(names) + [0.0])
    weights = np.zeros(len(names) + 1)
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(z @ weights, -30, 30)))
        slope = z.T @ (p - labels) + ridge @ weights
        weights -= np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + ridge + 1e-9, slope)
    plain = weights[:-1] / spread
    return Fit(names, plain, float(weights[-1] - plain @ mean))


def confidence(case: Case, judge: tuple[Fit, Fit]) -> float:
    said, true = judge
    return float((said(case.measures) * true(case.measures)).max())


def left_out(some: Sequence[Case], said: tuple[str, ...], true: tuple[str, ...]) -> Array:
    """The confidence in each case by a judge that was not fitted on its question."""
    names = sorted({case.question for case in some})
    fold = {name: i % FOLDS for i, name in enumerate(names)}
    found = np.zeros(len(some))
    for number in range(FOLDS):
        judge = fit_judge([c for c in some if fold[c.question] != number], said, true)
        for i, case in enumerate(some):
            if fold[case.question] == number:
                found[i] = confidence(case, judge)
    return found


def choose_limits(confidences: Array, some: Sequence[Case]) -> dict[str, float]:
    """found: where the F of points is best over all answers; if false answers are among them, a
    wrong find weighs as much as two misses. unsure: the highest limit below which at most MISSED of
    the points were made. opposite: OPPOSITE."""
    labels = np.array([case.label for case in some])
    beta = WARY if any(case.kind in ("wrong", "mixed") for case in some) else 1.0
    found = max(LIMITS, key=lambda limit: figures.f_score(confidences >= limit, labels, beta))
    low = [x for x in LIMITS if x <= found and (labels[confidences < x] == 1).mean() <= MISSED]
    unsure = max(low, default=LIMITS[0])
    return {"found": round(float(found), 2), "unsure": round(float(unsure), 2)} | {
        "opposite": OPPOSITE
    }


def main() -> None:
    """Fit both engines, print their figures, and write the coefficients."""
    questions = [q for q in corpus() if q.is_for_answers] + core_answers()
    debates = [question for question in questions if not question.model_answer]
    others = [question for question in questions if question.model_answer]
    ways = {"bare": (debates, False), "plain": (others, False), "phrased": (others, True)}
    stored = {}
    for encoder in (engine(), Lexical()):
        judges = {}
        for way, (asked, phrased) in ways.items():
            some = cases(encoder, asked, phrased)
            said, true = _names(encoder, phrased)
            confidences = left_out(some, said, true)
            limits = choose_limits(confidences, some)
            if encoder.name == Lexical.name:
                limits["found"] = LEXICAL_FOUND
            of_said, of_true = fit_judge(some, said, true)
            report(f"{encoder.name}, {way}", some, confidences, limits)
            judges[way] = {"said": of_said.stored(), "true": of_true.stored(), "limits": limits}
        stored[encoder.name] = judges
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
