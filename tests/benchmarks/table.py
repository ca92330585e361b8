"""The one table of `make bench`: what was measured, beside what it is compared with.

A bench calls add() for each figure; conftest.py prints the table when all have run.
"""

from dataclasses import dataclass

HEAD = ("what", "ours", "bare Django", "raw psycopg", "ratio", "target", "")


@dataclass(frozen=True)
class Line:
    """One figure. bare: of a Django view that does no more than it must. raw: of psycopg alone.

    ratio: ours to bare, unless another comparison is named, such as the last size to the first.
    at_most, at_least: the target of the ratio, or of `ours` where there is no ratio.
    """

    what: str
    ours: float
    unit: str = "ms"
    bare: float | None = None
    raw: float | None = None
    ratio: float | None = None
    at_most: float | None = None
    at_least: float | None = None

    @property
    def compared(self) -> float | None:
        if self.ratio is None and self.bare:
            return self.ours / self.bare
        return self.ratio

    @property
    def is_missed(self) -> bool:
        value = self.ours if self.compared is None else self.compared
        too_much = self.at_most is not None and value > self.at_most
        return too_much or (self.at_least is not None and value < self.at_least)

    def cells(self) -> tuple[str, ...]:
        target = "" if self.at_most is None else f"≤ {self.at_most:,g}"
        if self.at_least is not None:
            target = f"≥ {self.at_least:,g}"
        figures = (_figure(value, self.unit) for value in (self.ours, self.bare, self.raw))
        ratio = "" if self.compared is None else f"{self.compared:.2f}"
        return (self.what, *figures, ratio, target, "missed" if self.is_missed else "")


LINES: list[Line] = []


def add(what: str, ours: float, **of_line: object) -> Line:
    """Enter a figure into the table; `of_line` are the other fields of a Line."""
    line = Line(what, ours, **of_line)
    LINES.append(line)
    return line


def as_text(lines: list[Line]) -> str:
    """The table in columns; figures are on the right of theirs."""
    rows = [HEAD, *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(_in_columns(row, widths) for row in rows)


def _in_columns(row: tuple[str, ...], widths: list[int]) -> str:
    what, *figures = row
    cells = [f"{cell:>{width}}" for cell, width in zip(figures, widths[1:], strict=True)]
    return "  ".join([f"{what:<{widths[0]}}", *cells]).rstrip()


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:,.2f} {unit}"
