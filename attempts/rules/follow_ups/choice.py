"""Which key point a follow-up asks for. Pure: what was said before decides, and nothing else."""

from collections.abc import Collection, Sequence

from attempts.rules.findings import Finding

CLEARLY_MISSING = (Finding.MISSING, Finding.OPPOSITE)
"""What is unsure is not asked for: who has said it would be asked for it again."""


def point_to_ask(
    follow_ups: Sequence[str], said: Sequence[Sequence[Finding]], asked: Collection[int]
) -> int | None:
    """The index of the point to ask for; None if there is none.

    It is the first by the author's order that has a follow-up, is clearly missing in all that was
    said, and was not asked for. follow_ups: for each point, "" where it has none; or an empty list.
    said: shape (texts, points), what was found of each point in the answer and in each follow-up
    answer so far. asked: the points that were asked for before.
    """
    for point, question in enumerate(follow_ups):
        if not question.strip() or point in asked:
            continue
        if all(found[point] in CLEARLY_MISSING for found in said):
            return point
    return None
