"""What an engine finds in an answer."""

from dataclasses import dataclass
from typing import NotRequired, TypedDict


class Evidence(TypedDict):
    """What an engine finds of one key point. text: the part of the answer that shows it.

    opposite: the false statement that the part makes instead; None if it makes none. Rows from
    before there was such a check have no such key.
    """

    confidence: float  # 0 to 1
    text: str | None
    opposite: NotRequired[str | None]


@dataclass(frozen=True)
class Suggestion:
    """What an engine finds in an answer: for each key point whether it is made, how sure, where.

    covered: shape (points,); None if the answer is not in English, so that nothing is suggested.
    evidence: shape (points,), or None with it. engine: name and version.
    """

    covered: list[bool] | None
    evidence: list[Evidence] | None
    engine: str
