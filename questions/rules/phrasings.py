"""How people say a key point in other words, and what sounds like it and is not. Pure.

A question keeps the phrasings of each key point under the point's text, old texts too, so that
answers to older versions are read with them. They are no part of a version.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

from questions.rules.bullets import without_bullets
from questions.rules.limits import MAX_STATEMENT, MAX_STATEMENTS
from questions.rules.texts import UNSTORABLE, folded, one_line
from questions.rules.visible import is_visible

Kind = Literal["accept", "reject"]
KINDS: tuple[Kind, Kind] = ("accept", "reject")
KIND_NAMES: Mapping[Kind, str] = {
    "accept": "Also said as",
    "reject": "Not to be confused with",
}


class Phrasing(TypedDict):
    """The statements about one key point: those that make it, and those that do not."""

    accept: list[str]
    reject: list[str]


Phrasings = Mapping[str, Phrasing]
"""Phrasings by the text of their key point, as a question keeps them."""


class WrongStatement(ValueError):
    """Why statements are refused, to be read after the name of their kind, and how to fix it."""

    def __init__(self, kind: Kind, what: str, fix: str) -> None:
        super().__init__(f"{what}. {fix}")
        self.kind, self.what, self.fix = kind, what, fix


def cleaned(accept: Iterable[str], reject: Iterable[str]) -> Phrasing:
    """The statements about one key point as they are stored. Raises WrongStatement.

    Each is on one line. Empty ones are left out, and those that repeat another one.
    """
    phrasing = Phrasing(accept=_kept("accept", accept), reject=_kept("reject", reject))
    accepted = {folded(statement) for statement in phrasing["accept"]}
    for statement in phrasing["reject"]:
        if folded(statement) in accepted:
            what = f"has “{statement[:60]}”, which is also among “{KIND_NAMES['accept']}”"
            raise WrongStatement("reject", what, "Remove one of the two.")
    return phrasing


def _kept(kind: Kind, statements: Iterable[str]) -> list[str]:
    kept: dict[str, str] = {}
    for statement in without_bullets(map(one_line, statements)):
        if unstorable := UNSTORABLE.search(statement):
            what = f"has the character {unstorable[0]!a}, which can't be stored"
            raise WrongStatement(kind, what, "Remove it.")
        if len(statement) > MAX_STATEMENT:
            what = f"has a statement of {len(statement):,} characters, “{statement[:40]}…”"
            raise WrongStatement(kind, what, f"Shorten it to {MAX_STATEMENT} or fewer.")
        if is_visible(statement):
            kept.setdefault(folded(statement), statement)
    if len(kept) > MAX_STATEMENTS:
        fix = f"Keep the {MAX_STATEMENTS} that differ most."
        raise WrongStatement(kind, f"has {len(kept)} statements", fix)
    return list(kept.values())


def for_points(phrasings: Phrasings, key_points: Iterable[str]) -> list[Phrasing]:
    """The phrasings of each key point, in their order; empty ones where there are none."""
    by_point = {folded(point): phrasing for point, phrasing in phrasings.items()}
    found = (by_point.get(folded(point)) for point in key_points)
    return [
        Phrasing(accept=list(p["accept"]), reject=list(p["reject"])) if p else empty()
        for p in found
    ]


def empty() -> Phrasing:
    return Phrasing(accept=[], reject=[])


def updated(
    phrasings: Phrasings, key_points: Sequence[str], new: Sequence[Phrasing]
) -> dict[str, Phrasing]:
    """The phrasings with new ones for these key points, and the others as they were.

    new: shape (key_points,). A point whose new ones are empty is not kept.
    """
    replaced = {folded(point) for point in key_points}
    kept = {point: p for point, p in phrasings.items() if folded(point) not in replaced}
    stated = zip(key_points, new, strict=True)
    return kept | {point: p for point, p in stated if p["accept"] or p["reject"]}


def joined(kept: Phrasing, new: Phrasing) -> Phrasing:
    """The kept statements, then those of new that are among the kept ones of neither kind.

    Of each kind no more than MAX_STATEMENTS: new ones for which there is no room are left out.
    """
    known = {folded(statement) for kind in KINDS for statement in kept[kind]}
    added = {kind: [s for s in new[kind] if folded(s) not in known] for kind in KINDS}
    room = {kind: max(0, MAX_STATEMENTS - len(kept[kind])) for kind in KINDS}
    accept, reject = (kept[kind] + added[kind][: room[kind]] for kind in KINDS)
    return Phrasing(accept=accept, reject=reject)


@dataclass(frozen=True)
class PhrasingChange:
    """What was added to and removed from one kind of statements about a key point."""

    point: str
    kind: Kind
    added: tuple[str, ...]
    removed: tuple[str, ...]

    def __str__(self) -> str:
        """For the log: “Uses caches”, also said as: added “it caches”; removed “fast”."""
        parts = [
            f"{verb} {', '.join(f'“{statement}”' for statement in statements)}"
            for verb, statements in (("added", self.added), ("removed", self.removed))
            if statements
        ]
        return f"“{self.point}”, {KIND_NAMES[self.kind].lower()}: {'; '.join(parts)}."


def changes(before: Phrasings, after: Phrasings) -> Iterator[PhrasingChange]:
    """What differs, point by point and kind by kind."""
    points = {folded(point): point for point in (*before, *after)}.values()
    pairs = zip(for_points(before, points), for_points(after, points), strict=True)
    for point, (old, new) in zip(points, pairs, strict=True):
        for kind in KINDS:
            added = tuple(s for s in new[kind] if s not in old[kind])
            removed = tuple(s for s in old[kind] if s not in new[kind])
            if added or removed:
                yield PhrasingChange(point, kind, added, removed)
