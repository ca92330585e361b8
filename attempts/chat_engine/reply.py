"""Read a server's reply, which may be anything, into points. Pure."""

import json

from attempts.chat_engine.failures import ServerFailed
from attempts.chat_engine.prompt import Task, Verdict
from attempts.chat_engine.quotes import standing
from attempts.scoring import Point

SURE, SURELY_NOT = 0.9, 0.05
"""The confidence of a point that a model found, and of one that it did not: it names no other."""


def points_in(reply: bytes, task: Task) -> list[Point]:
    """What the reply says of each key point. A quote that is not in the answer shows nothing.

    Raises ServerFailed if it is no verdict on each key point.
    """
    verdicts = _verdicts(_content(reply))
    if set(verdicts) != set(task.numbers):
        raise ServerFailed("its verdicts are on other points than the key points")
    return [
        _point(verdicts[number], text, task.answer)
        for number, text in zip(task.numbers, task.key_points, strict=True)
    ]


def _content(reply: bytes) -> str:
    """What the model wrote."""
    match _loaded(reply):
        case {"choices": [{"message": {"content": str(text)}}, *_]}:
            return text
    raise ServerFailed("its reply is not of the form of chat completions")


def _verdicts(text: str) -> dict[str, object]:
    """The JSON object in a text. Models may think before it, or put it into a code block."""
    text = text.rpartition("</think>")[2]
    found = _loaded(text[text.find("{") : text.rfind("}") + 1])
    if not isinstance(found, dict):
        raise ServerFailed("the model wrote no JSON object")
    return found


def _loaded(text: str | bytes) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ServerFailed("its reply is no JSON") from None


def _point(found: object, key_point: str, answer: str) -> Point:
    match found:
        case {"verdict": str(verdict), "quote": str(quote)} if verdict in list(Verdict):
            shown = None if verdict == Verdict.NOT_MADE else standing(quote, answer)
        case _:
            raise ServerFailed("a verdict is not of the form that was asked for")
    is_made = shown is not None and verdict == Verdict.MADE
    is_wrong = shown is not None and verdict == Verdict.MADE_WRONGLY
    return Point(
        covered=is_made,
        confidence=SURE if is_made else SURELY_NOT,
        evidence=shown,
        opposite=key_point if is_wrong else None,
    )
