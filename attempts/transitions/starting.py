"""Starting an attempt: draw its questions, set its clock."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction

from attempts.models import Answer, AtDeadline, Attempt, OwnInterview, Practice
from attempts.owners import Owner
from attempts.rules import lifecycle
from attempts.rules.draw import Prefer
from attempts.rules.follow_ups.places import position_of_question
from attempts.transitions.locked import lock_each
from attempts.transitions.personal.turns import starts_alone
from attempts.transitions.starts.drawing import draw_questions
from questions.models import Interview, Question
from questions.rules.limits import FOLLOW_UP_SECONDS


@dataclass(frozen=True)
class Pace:
    """How the candidate wants the clock. time_factor: 1 to 10; None: no limit at all."""

    time_factor: Decimal | None = Decimal(1)
    think_seconds: int = 0
    at_deadline: str = AtDeadline.HAND_IN.value


@dataclass(frozen=True)
class Terms:
    """What an attempt asks, and how it is timed at the standard pace.

    questions: each with its limit in seconds, in order. seconds: with one clock for all. number:
    which run of its interview it is, or which question of its practice. follow_ups: at most so
    many to each question, with per-question timing; follow_up_seconds: for each of them.
    """

    title: str
    timing: str
    questions: Sequence[tuple[Question, int]]
    number: int
    seconds: int | None = None
    follow_ups: int = 0
    follow_up_seconds: int = FOLLOW_UP_SECONDS
    interview: Interview | None = None
    practice: Practice | None = None
    own_interview: OwnInterview | None = None


@transaction.atomic
def start(
    owner: Owner,
    interview: Interview,
    pace: Pace,
    *,
    now: datetime,
    seed: int | None = None,
    prefer: Prefer = Prefer.UNSEEN,
) -> Attempt:
    """A new running attempt, or the one that the owner has running already.

    Raises CannotFill if the bank has too few questions.
    """
    starts_alone(owner)
    seed = secrets.randbits(62) if seed is None else seed

    def terms() -> Terms:
        return _terms_of(owner, interview, seed, prefer)

    return start_on(owner, terms, pace, now=now, seed=seed)


def start_on(
    owner: Owner, terms: Callable[[], Terms], pace: Pace, *, now: datetime, seed: int
) -> Attempt:
    """A new running attempt on these terms, or the one that the owner has running already.

    The database allows one running attempt for each owner: of two simultaneous starts, one
    creates it and the other one returns it. Within a transaction. Raises what terms() raises.
    """
    if running := running_attempt(owner, now):
        return running
    try:
        with transaction.atomic():
            return _create(owner, terms(), pace, now, seed)
    except IntegrityError:
        if running := running_attempt(owner, now):
            return running
        raise


def running_attempt(owner: Owner, now: datetime) -> Attempt | None:
    """The owner's running attempt, if the clock has not just ended it."""
    settled = lock_each(Attempt.objects.owned_by(owner).running(), now)
    return next((locked.attempt for locked in settled if locked.attempt.is_running), None)


def _terms_of(owner: Owner, interview: Interview, seed: int, prefer: Prefer) -> Terms:
    return Terms(
        title=interview.name,
        timing=interview.timing,
        questions=draw_questions(owner, interview, seed, prefer),
        number=1 + Attempt.objects.owned_by(owner).filter(interview=interview).count(),
        seconds=interview.seconds,
        follow_ups=interview.follow_ups,
        follow_up_seconds=interview.follow_up_seconds,
        interview=interview,
    )


def _create(owner: Owner, terms: Terms, pace: Pace, now: datetime, seed: int) -> Attempt:
    attempt = Attempt(
        user_id=owner.user_id,
        guest_key=owner.guest_key,
        interview=terms.interview,
        practice=terms.practice,
        own_interview=terms.own_interview,
        interview_title=terms.title,
        timing=terms.timing,
        number=terms.number,
        seed=seed,
        time_factor=pace.time_factor or Decimal(1),
        untimed=pace.time_factor is None,
        think_seconds=pace.think_seconds,
        at_deadline=pace.at_deadline,
        started_at=now,
    )
    if not attempt.forward_only and terms.seconds is not None:  # never None, by a constraint
        attempt.limit = _limit(terms.seconds, pace, answers=len(terms.questions))
    if attempt.forward_only and terms.follow_ups:
        attempt.follow_ups = terms.follow_ups
        attempt.follow_up_limit = _limit(terms.follow_up_seconds, pace, answers=0)
    answers = _answers(attempt, terms.questions, pace)
    attempt.deadline_at = lifecycle.deadline_at(attempt.clock(answers))
    attempt.save(force_insert=True)
    Answer.objects.bulk_create(answers)
    return attempt


def _answers(
    attempt: Attempt, questions: Sequence[tuple[Question, int]], pace: Pace
) -> list[Answer]:
    return [
        Answer(
            attempt=attempt,
            position=position_of_question(number, attempt.follow_ups),
            version=question.current_version,
            limit=_limit(seconds, pace) if attempt.forward_only else None,
            opened_at=attempt.started_at if number == 1 else None,
            time_spent=timedelta(),
        )
        for number, (question, seconds) in enumerate(questions, start=1)
    ]


def _limit(seconds: int, pace: Pace, answers: int = 1) -> timedelta | None:
    """`seconds` and the thinking time of `answers` answers, at the candidate's pace."""
    if pace.time_factor is None:
        return None
    return lifecycle.scaled(seconds + pace.think_seconds * answers, pace.time_factor)
