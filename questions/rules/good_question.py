"""What can be counted in a good question, and what to say where it is missing. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHORT_EXAMPLE_WORDS = (40, 65)
KEY_POINTS = (3, 6)
KEY_POINT_WORDS = (6, 25)


@dataclass(frozen=True)
class GoodTexts:
    """What is counted of a question. follow_ups: as a version has them."""

    short_example: str
    key_points: Sequence[str]
    follow_ups: Sequence[str]
    sources: Sequence[str]


def remarks(texts: GoodTexts) -> Iterator[tuple[str, str]]:
    """What an editor should look at: the field, and a sentence. Nothing of it is an error."""
    if texts.short_example.strip():
        name = "The short example"
        yield from _length("short_example", name, texts.short_example, SHORT_EXAMPLE_WORDS)
    low, high = KEY_POINTS
    if not low <= len(texts.key_points) <= high:
        yield (
            "key_points",
            f"There should be {low} to {high} key points: {len(texts.key_points)} now.",
        )
    for number, point in enumerate(texts.key_points, start=1):
        yield from _length("key_points", f"Key point {number}", point, KEY_POINT_WORDS)
    for number, follow_up in enumerate(texts.follow_ups, start=1):
        if follow_up and not follow_up.rstrip().endswith(("?", "\uff1f")):
            yield "follow_ups", f"Follow-up {number} should end with “?”."
    if not texts.sources:
        yield "sources", "There is no source that a reader could look up."


def _length(field: str, name: str, text: str, limits: tuple[int, int]) -> Iterator[tuple[str, str]]:
    low, high = limits
    words = len(text.split())
    if not low <= words <= high:
        yield field, f"{name} should have {low} to {high} words: {words} now."
