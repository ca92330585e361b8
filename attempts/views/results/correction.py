"""How a question was corrected since it was asked."""

from dataclasses import dataclass
from datetime import datetime

from attempts.marking.regrade import which_still_count
from questions.models import QuestionVersion

TEXTS = {
    "answer": "the model answer",
    "how_to_answer": "how to answer",
    "example_answer": "the example",
    "short_example": "the short example",
    "common_mistakes": "the common mistakes",
    "sources": "the sources",
}


@dataclass(frozen=True)
class Correction:
    """prompt: the new one, "" if it is the same. removed, added: key points. texts: which other
    texts were changed, in words."""

    at: datetime
    prompt: str
    removed: list[str]
    added: list[str]
    texts: list[str]


def correction_of(asked: QuestionVersion, current: QuestionVersion) -> Correction:
    """What the current version of a question changes in the one that was asked."""
    return Correction(
        at=current.created_at,
        prompt="" if current.prompt == asked.prompt else current.prompt,
        removed=_only_in(asked.key_points, current.key_points),
        added=_only_in(current.key_points, asked.key_points),
        texts=[
            words for name, words in TEXTS.items() if getattr(asked, name) != getattr(current, name)
        ],
    )


def _only_in(points: list[str], others: list[str]) -> list[str]:
    return [
        point
        for point, stays in zip(points, which_still_count(points, others), strict=True)
        if not stays
    ]
