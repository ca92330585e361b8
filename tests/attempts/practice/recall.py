"""What somebody has been asked before, for tests of practice."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.auth.models import User

from attempts.models import Answer
from attempts.owners import Owner
from attempts.transitions.scheduling import reschedule
from questions.models import Question
from tests.factories import START, AnswerFactory, AttemptFactory, published_question


def answered(
    owner: Owner, share: str, question: Question | None = None, *, at: datetime = START, **of
) -> Answer:
    """A scored answer in an attempt of its own that ended then, and its question's schedule."""
    question = question or published_question()
    user = User.objects.get(pk=owner.user_id) if owner.user_id else None
    who = {"user": user, "guest_key": owner.guest_key, **of}
    started_at = at - timedelta(minutes=10)
    attempt = AttemptFactory(
        finished=True, started_at=started_at, score=Decimal(share) * 100, **who, **of
    )
    answer = AnswerFactory(
        attempt=attempt,
        version=question.current_version,
        written=True,
        closed=True,
        share=Decimal(share),
        opened_at=attempt.started_at,
        confirmed=[True, False],
        position=1,
    )
    reschedule(owner, [question.pk])
    return answer
