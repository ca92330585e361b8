"""Which key points were won and lost between two answers to a question. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from questions.rules.texts import folded

Points = Sequence[tuple[str, bool]]
"""Key points that count, each with whether an answer makes it."""


@dataclass(frozen=True)
class PointChanges:
    """won, lost: points as the later answer's question words them.

    others: how many points only one of the two questions has, because it was changed between.
    """

    won: list[str]
    lost: list[str]
    others: int


def points_between(before: Points, after: Points) -> PointChanges:
    """Compares points that read the same, wherever they stand in the two versions."""
    earlier = {folded(text): made for text, made in before}
    later = {folded(text): (text, made) for text, made in after}
    both = [(text, earlier[key], made) for key, (text, made) in later.items() if key in earlier]
    return PointChanges(
        won=[text for text, was_made, made in both if made and not was_made],
        lost=[text for text, was_made, made in both if was_made and not made],
        others=len(earlier.keys() ^ later.keys()),
    )
