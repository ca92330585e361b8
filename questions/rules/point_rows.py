"""Which key point is which, before and after somebody reworded or moved some. Pure."""

from collections.abc import Iterable, Sequence

from questions.rules.texts import folded

MOST_PAIRS = 100_000
"""Of reworded points and rows that are compared. With more of them only the same words are known
again: a file may have thousands of points, and each pair would be compared."""


def row_of_each(key_points: Sequence[str], rows: Sequence[str]) -> list[int | None]:
    """For each key point of a form the row of boxes that it gets: shape (key_points,).

    rows: the key points that the rows were written for, in the order in which they stood; then ""
    for each row of a new point. A point that was reworded is known by its words, or else by its
    place.
    """
    points, old = range(len(key_points)), [row for row, text in enumerate(rows) if text]
    found = _by_words(key_points, old, rows)
    new = [row for row, text in enumerate(rows) if not text]
    if len(key_points) - len(found) > len(new):
        _pair(found, ((p, p) for p in points if p in old))
    _pair(found, zip([p for p in points if p not in found], new, strict=False))
    return [found.get(point) for point in points]


def same_point_of_each(key_points: Sequence[str], before: Sequence[str]) -> list[int | None]:
    """For each key point the one of `before` that it was, by its words: shape (key_points,)."""
    found = _by_words(key_points, range(len(before)), before)
    return [found.get(point) for point in range(len(key_points))]


def _by_words(key_points: Sequence[str], old: Sequence[int], rows: Sequence[str]) -> dict[int, int]:
    """The row of each point that has the same words as one, or else at least half of them."""
    found: dict[int, int] = {}
    same = {folded(rows[row]): row for row in reversed(old)}
    words = [folded(text) for text in key_points]
    _pair(found, ((point, same[said]) for point, said in enumerate(words) if said in same))
    left = [point for point in range(len(key_points)) if point not in found]
    if len(left) * len(old) <= MOST_PAIRS:
        _pair(found, _alike(left, key_points, old, rows))
    return found


def _pair(found: dict[int, int], pairs: Iterable[tuple[int, int]]) -> None:
    """Adds each pair of which neither the point nor the row has another one."""
    taken = set(found.values())
    for point, row in pairs:
        if point not in found and row not in taken:
            found[point] = row
            taken.add(row)


def _alike(
    left: Iterable[int], key_points: Sequence[str], old: Iterable[int], rows: Sequence[str]
) -> list[tuple[int, int]]:
    """Points and rows that share at least half of their words, the most alike first."""
    words = {row: set(folded(rows[row]).split()) for row in old}
    alike = []
    for point in left:
        mine = set(folded(key_points[point]).split())
        for row, theirs in words.items():
            share = len(mine & theirs) / max(len(mine), len(theirs), 1)
            if share >= 0.5:
                alike.append((-share, abs(point - row), point, row))
    return [(point, row) for _, _, point, row in sorted(alike)]
