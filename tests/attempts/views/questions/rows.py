"""Questions, and what somebody did with them."""

from datetime import timedelta
from decimal import Decimal

from attempts.models import Answer, Schedule
from attempts.owners import GUEST_KEY, Owner
from attempts.transitions.scheduling import reschedule
from questions.models import Question
from tests.factories import START, AnswerFactory, AttemptFactory, published_question


def secret_question(word: str = "xylophone", **texts) -> Question:
    """A published question all of whose texts have a word that stands nowhere else."""
    texts = {
        "prompt": f"How does {word}prompt work?\n\nThink of {word}below first.",
        "answer": f"By {word}answer.",
        "how_to_answer": f"Stress {word}advice.",
        "example_answer": f"I would {word}example.",
        "key_points": [f"The {word}point."],
        **texts,
    }
    question = published_question(**texts)
    question.slug = f"{word}-slug"
    question.save()
    return question


def answered(owner: Owner, question: Question, share: str | None = "1", **fields) -> Answer:
    """A finished attempt of the owner with a written answer to the question, scheduled as it is.

    fields: of the answer; days: when it was, from START on.
    """
    days = fields.pop("days", 0)
    points = len((fields.get("version") or question.current_version).key_points)
    ticks = {"confirmed": [True] * points} if share is not None else {}
    attempt = AttemptFactory(
        user_id=owner.user_id,
        guest_key=owner.guest_key,
        **({"user": None} if owner.user_id is None else {}),
        finished=True,
        started_at=START + timedelta(days=days),
    )
    answer = AnswerFactory(
        **{
            **{"attempt": attempt, "version": question.current_version, "position": 1},
            **{"written": True, "closed": True, "time_spent": timedelta(seconds=90)},
            **{"share": share and Decimal(share), **ticks, **fields},
        }
    )
    reschedule(owner, [question.pk])
    return answer


def step_of(owner: Owner, question: Question) -> str:
    return Schedule.objects.owned_by(owner).get(question=question).step


def as_guest(client) -> Owner:
    """Make the client's visitor a guest of the site."""
    session = client.session
    session[GUEST_KEY] = "guest-of-the-test"
    session.save()
    return Owner(guest_key="guest-of-the-test")
