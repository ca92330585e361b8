"""Which sentence is shown for each key point, so that no two points show the same one. Pure."""

from collections.abc import Sequence

Worth = Sequence[Sequence[float | None]]
"""How well each sentence says each point, shape (points, sentences); None where it does not."""


def one_each(worth: Worth) -> list[int | None]:
    """For each point the index of its sentence, None where none says it: shape (points,).

    The best pairs are taken first, and a sentence is taken once. A point that finds all of its
    sentences taken shares the best of them.
    """
    pairs = [
        (-value, point, sentence)
        for point, row in enumerate(worth)
        for sentence, value in enumerate(row)
        if value is not None
    ]
    found: dict[int, int] = {}
    for _, point, sentence in sorted(pairs):
        if point not in found and sentence not in found.values():
            found[point] = sentence
    for _, point, sentence in sorted(pairs):
        found.setdefault(point, sentence)
    return [found.get(point) for point in range(len(worth))]
