"""Attempts with answers that can be searched, for the tests of the history."""

from datetime import timedelta

from attempts.models import Answer, Attempt, Practice, Schedule
from attempts.models.searching import searchable
from attempts.transitions.scheduling import reschedule
from tests.factories import START, AnswerFactory, AttemptFactory, published_question


def said(user, *texts, days=0, **fields) -> Attempt:
    """A finished attempt of the user's with these answers; so many days after START."""
    started_at = START + timedelta(days=days)
    state = {"finished": True} if fields.get("state", "submitted") == "submitted" else {}
    if not state:
        state = {"finished_at": started_at + timedelta(minutes=10), "finish_reason": "deadline"}
    attempt = AttemptFactory(user=user, started_at=started_at, **{**state, **fields})
    for position, text in enumerate(texts, start=1):
        AnswerFactory(attempt=attempt, position=position, text=text, closed=True)
    Answer.objects.filter(attempt=attempt).update(search=searchable("text"))
    return attempt


def practised(user, *, title="Due today", prompt="What is a queue?", days=0, **fields) -> Attempt:
    """A practice of one question, which was answered."""
    question = published_question(prompt=prompt)
    practice = Practice.objects.create(
        user=user, source="due", title=title, question_ids=[question.pk], created_at=START
    )
    started_at = START + timedelta(days=days)
    attempt = AttemptFactory(
        user=user,
        finished=True,
        started_at=started_at,
        interview=None,
        interview_title=title,
        timing="per_question",
        practice=practice,
        **fields,
    )
    AnswerFactory(attempt=attempt, version=question.current_version, written=True, closed=True)
    return attempt


def scheduled(user, *shares, topic) -> None:
    """One finished attempt of a question of the topic for each of these shares."""
    for share in shares:
        question = published_question(topic)
        attempt = AttemptFactory(user=user, finished=True)
        AnswerFactory(
            attempt=attempt,
            version=question.current_version,
            written=True,
            closed=True,
            share=share,
        )
        reschedule(attempt.owner, [question.pk])
    assert Schedule.objects.owned_by(attempt.owner).count() >= len(shares)
