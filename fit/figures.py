"""How good confidences are: tables for the terminal, of cases with their labels."""

from collections.abc import Sequence

import numpy as np


def auc(made: np.ndarray, not_made: np.ndarray) -> float:
    """Area under the ROC curve; ties count one half."""
    if not len(made) or not len(not_made):
        return float("nan")
    above = (made[:, None] > not_made[None, :]).mean()
    return float(above + (made[:, None] == not_made[None, :]).mean() / 2)


def f_score(found: np.ndarray, labels: np.ndarray, beta: float = 1.0) -> float:
    """Of found points, with labels of 0.5 left out (van Rijsbergen 1979)."""
    clear = labels != 0.5
    found, made = found[clear], labels[clear] == 1
    return float((1 + beta**2) * (found & made).sum() / max(1, found.sum() + beta**2 * made.sum()))


def table(
    confidences: np.ndarray, labels: np.ndarray, kinds: Sequence[str], found_from: float
) -> list[str]:
    """One line a kind of answer, then one of the good kinds and one of all."""
    of = np.array(kinds)
    good = ~np.isin(of, ["wrong", "mixed", "beside"])
    rows = [(kind, of == kind) for kind in dict.fromkeys(kinds)]
    lines = ["kind         n     P     R    F1   AUC  judged shown"]
    for name, here in [*rows, ("good", good), ("all", np.ones(len(of), bool))]:
        y, p = labels[here], confidences[here]
        found = p >= found_from
        clear = y != 0.5
        precision = (found & (y == 1)).sum() / max(1, (found & clear).sum())
        recall = (found & (y == 1)).sum() / max(1, (y == 1).sum())
        lines.append(
            f"{name:9s} {here.sum():5d}  {precision:.2f}  {recall:.2f}  {f_score(found, y):.3f}"
            f" {auc(p[y == 1], p[y <= 0]):.3f}  {np.maximum(0, y).mean():.2f}   {found.mean():.2f}"
        )
    return lines


def correlation(
    confidences: np.ndarray, labels: np.ndarray, answers: Sequence[object], found_from: float
) -> float:
    """Of the share that was judged and the share that is shown, over answers."""
    numbers = {answer: i for i, answer in enumerate(dict.fromkeys(answers))}
    of = np.array([numbers[answer] for answer in answers])
    judged = [np.maximum(0, labels[of == i]).mean() for i in range(len(numbers))]
    shown = [(confidences[of == i] >= found_from).mean() for i in range(len(numbers))]
    return float(np.corrcoef(judged, shown)[0, 1])


def reliability(confidences: np.ndarray, labels: np.ndarray) -> list[str]:
    """For each tenth of confidence how many points it has, and how many of them were made."""
    lines = ["confidence    points  made"]
    for low in np.arange(0, 1, 0.1):
        here = (confidences >= low) & (confidences < low + 0.1 + (low > 0.85))
        if here.any():
            made = np.maximum(0, labels[here]).mean()
            lines.append(f"{low:.1f} to {low + 0.1:.1f}  {here.sum():6d}   {made:.2f}")
    return lines
