"""Finished attempts with follow-ups, made as rows. They test what follow-ups are worth."""

from datetime import timedelta

from attempts.models import Answer, Attempt
from questions.models import Timing
from tests.factories import AnswerFactory, AttemptFactory, published_question

POINTS = ["It caches.", "It retries.", "It logs.", "It alerts."]
ASKED = ["And if it is slow?", "And if it fails?", "", "And at night?"]
OWN_WORDS, WHEN_ASKED = "I would cache it.", "Then I would retry it, which takes a while."


def marks(made: str) -> list[bool] | None:
    """ "10" is [True, False]; "" is None."""
    return [each == "1" for each in made] or None


def evidence(made: str, text: str, unsure: str = "") -> list[dict]:
    unsure = unsure or "0" * len(made)
    words = text.split(".")[0]
    return [
        {"confidence": 0.9 if m == "1" else 0.4, "text": words if "1" in (m, u) else None,
         "opposite": None}
        for m, u in zip(made, unsure, strict=True)
    ]  # fmt: skip


def attempt_with_room(follow_ups: int = 2, **fields) -> Attempt:
    """A finished one with per-question timing, without answers."""
    fields = {"timing": Timing.PER_QUESTION.value, "limit": timedelta(minutes=30), **fields}
    return AttemptFactory(finished=True, follow_ups=follow_ups, **fields)


def read(made: str, text: str, unsure: str = "", engine: str = "minilm-3") -> dict:
    """The fields of an answer in which an engine found these points: "10"; unsure: the same."""
    return {
        "text": text,
        "suggested": marks(made),
        "evidence": evidence(made, text, unsure),
        "engine": engine if made else "",
    }


def question(attempt: Attempt, made: str = "1000", number: int = 1, **fields) -> Answer:
    """A question whose answer makes these points, with the share that follows from them alone."""
    points = len(made) or len(POINTS)
    if "version" not in fields:
        fields["version"] = published_question(
            prompt=f"What does a client do? ({number})",
            key_points=POINTS[:points], follow_ups=ASKED[:points],
        ).current_version  # fmt: skip
    position = 1 + (number - 1) * (1 + attempt.follow_ups)
    found = read(made, OWN_WORDS) if made else {}
    fields = {**found, "opened_at": attempt.started_at, "closed": True, **fields}
    if made and "share" not in fields:
        fields["share"] = str(made.count("1") / points)
    return AnswerFactory(attempt=attempt, position=position, **fields)


def follow_up(answer: Answer, made: str = "0100", point: int = 1, **fields) -> Answer:
    """The next follow-up of a question, with the key point that it leads to."""
    position = answer.position + 1 + answer.follow_ups.count()
    found = read(made, WHEN_ASKED) if made else {}
    fields = {**found, "opened_at": answer.attempt.started_at, "closed": True, **fields}
    return AnswerFactory(
        attempt=answer.attempt, version=answer.version, position=position, follows=answer,
        asked_point=point, limit=timedelta(minutes=1), **fields,
    )  # fmt: skip


def asked_back(made: str = "1000", *when_asked: str, **fields) -> Answer:
    """A question of a finished attempt, and a follow-up for each of `when_asked`, about its first
    point. The share of the question is stored as it follows from all of them."""
    answer = question(attempt_with_room(), made, **fields)
    for each in when_asked:
        follow_up(answer, each, point=max(each.find("1"), 0))
    return answer
