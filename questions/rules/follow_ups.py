"""The follow-ups of key points: as many as there are points, or none. Pure."""

from collections.abc import Iterable, Sequence

from questions.rules.bullets import without_bullets
from questions.rules.limits import MAX_FOLLOW_UP
from questions.rules.point_rows import same_point_of_each
from questions.rules.texts import UNSTORABLE, one_line
from questions.rules.visible import says_something


def follow_ups_of(texts: Iterable[str]) -> list[str]:
    """Follow-ups as the bank stores them, in their order: each on one line, "" where there is none.

    An empty list if there is none at all.
    """
    kept = [text if says_something(text) else "" for text in without_bullets(map(one_line, texts))]
    return kept if any(kept) else []


def objection(follow_up: str) -> tuple[str, str] | None:
    """What is wrong with a follow-up, to be read after where it is, and how to fix it."""
    if unstorable := UNSTORABLE.search(follow_up):
        return f"has the character {unstorable[0]!a}, which can't be stored", "Remove it."
    if len(follow_up) > MAX_FOLLOW_UP:
        return f"has {len(follow_up):,} characters", f"Shorten it to {MAX_FOLLOW_UP} or fewer."
    return None


def for_points(follow_ups: Sequence[str], points: int) -> list[str]:
    """The follow-up of each point, "" where there is none: shape (points,)."""
    return [*follow_ups, *[""] * points][:points]


def moved(follow_ups: Sequence[str], before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The follow-ups of the key points `before`, as the points `after` have them.

    A point keeps its follow-up where it is moved, and where at least half of its words stay.
    """
    if not follow_ups or list(before) == list(after):
        return list(follow_ups)
    rows = same_point_of_each(after, before)
    return follow_ups_of("" if row is None else follow_ups[row] for row in rows)
