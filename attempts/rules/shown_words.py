"""Words with which candidates show that they make a key point, put together for editors. Pure.

Who showed what is used to count people, and is gone from the result.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from questions.rules.texts import folded, one_line

MOST_OFFERED = 50
"""Words about one key point that are offered at a time."""

ENOUGH_PEOPLE_FOR_A_MONTH = 2
"""The month would say of a single person when they answered."""

SIGNS = " .,;:!?…-–—•*\"'“”‘’"

_ADDRESS_OR_NUMBER = re.compile(
    r"[\w.+-]+@[\w-]+\.[a-z]{2,}"  # not recall@10
    r"|https?://|\bwww\."
    r"|\d(?:[ ()/.-]{0,2}\d){7,}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Shown:
    """What one candidate showed once. person: whatever tells candidates apart."""

    key_point: str
    words: str
    person: Hashable
    month: date


@dataclass(frozen=True)
class Words:
    """The same words of one or more people. last_month: None where it is of too few people."""

    digest: str
    text: str
    people: int
    last_month: date | None


@dataclass(frozen=True)
class PointWords:
    """What is shown for one key point. words: most people first; more: how many were cut off.

    withheld: how many have an address or a number in them. number: of the key point, from 1.
    """

    number: int
    key_point: str
    words: Sequence[Words]
    more: int
    withheld: int


def digest_of(key_point: str, words: str) -> str:
    """Equal for the same words about the same key point, as `folded` says what is the same.

    Signs around the words make no difference: one candidate takes the full stop along.
    """
    same = f"{folded(key_point)}\n{folded(words).strip(SIGNS)}"
    return hashlib.sha256(same.encode()).hexdigest()


def gives_away(words: str) -> bool:
    """Whether words of a single person could lead to somebody: an address, or a long number."""
    return _ADDRESS_OR_NUMBER.search(words) is not None


def by_point(
    shown: Iterable[Shown], key_points: Sequence[str], left_out: Collection[str]
) -> list[PointWords]:
    """The words for each key point, in the order of the points; without those left out.

    shown: about any key points; those about other points than key_points do not appear. left_out:
    digests of words that are phrasings or were decided about.
    """
    rows: dict[str, dict[str, list[Shown]]] = defaultdict(lambda: defaultdict(list))
    for row in shown:
        digest = digest_of(row.key_point, row.words)
        if digest not in left_out:
            rows[folded(row.key_point)][digest].append(row)
    return [
        _of_point(number, point, rows[folded(point)])
        for number, point in enumerate(key_points, start=1)
    ]


def _of_point(number: int, key_point: str, rows: dict[str, list[Shown]]) -> PointWords:
    together = [_together(digest, same) for digest, same in rows.items()]
    offered = [w for w in together if not gives_away(w.text)]
    # Equally frequent ones stand in the order of the alphabet, because that of time would tell.
    offered.sort(key=lambda words: (-words.people, folded(words.text)))
    return PointWords(
        number,
        key_point,
        offered[:MOST_OFFERED],
        more=len(offered[MOST_OFFERED:]),
        withheld=len(together) - len(offered),
    )


def _together(digest: str, rows: Sequence[Shown]) -> Words:
    spellings = Counter(one_line(row.words) for row in rows)
    text = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
    people = len({row.person for row in rows})
    is_enough = people >= ENOUGH_PEOPLE_FOR_A_MONTH
    return Words(digest, text, people, max(row.month for row in rows) if is_enough else None)


def find_words(points: Iterable[PointWords], digest: str) -> tuple[PointWords, Words] | None:
    """The words with this digest, and the key point they are about; None if nobody shows them."""
    pairs = ((point, words) for point in points for words in point.words)
    return next((pair for pair in pairs if pair[1].digest == digest), None)
