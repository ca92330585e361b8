"""Rows that one merged cell makes a single question: its key points may stand in a row each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from questions.formats.tabular.row import Line


def joined(lines: Iterable[Line], prompt: int) -> Iterator[Line]:
    """The rows; those that share a merged prompt as one. prompt: the index of its column."""

    def question(line: Line) -> int:
        return line.merged.get(prompt, line.number)

    for _, group in groupby(lines, question):
        rows = list(group)
        yield rows[0] if len(rows) == 1 else _one(rows)


def _one(rows: list[Line]) -> Line:
    """One row of several: each cell has the texts of all, one a line, a merged one once."""
    width = max(len(row.cells) for row in rows)
    cells: list[object] = []
    for index in range(width):
        texts: dict[object, str] = {}
        for row in rows:
            cell = row.cells[index] if index < len(row.cells) else ""
            if isinstance(cell, str) and cell.strip():
                texts.setdefault(row.merged.get(index, (row.number, index)), cell)
        cells.append("\n".join(texts.values()))
    mistakes = {index: wrong for row in rows for index, wrong in row.mistakes.items()}
    why_not = rows[0].why_not if all(row.why_not for row in rows) else ""
    place = f"{rows[0].place} to {rows[-1].number}"
    wrong = tuple(mistake for row in rows for mistake in row.wrong)
    looks: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        for index, told in row.looks.items():
            looks[index] += [look for look in told if look not in looks[index]]
    return Line(place, rows[0].number, cells, mistakes, why_not=why_not, looks=looks, wrong=wrong)
