"""Example data for one's own machine, so that every page has something to show.

Everything goes through the functions that the pages call, with past instants as `now`. So the rows
are what candidates and editors would have left behind.
"""

import random
from datetime import datetime, timedelta

from django.contrib.auth.models import Group, User
from django.db import transaction

from attempts import transitions
from attempts.example_data import asking_back, checking, corrections, special_attempts
from attempts.example_data.candidate import ExampleCandidate, answers_of
from attempts.models import Attempt
from attempts.owners import Owner
from attempts.statistics import compute
from questions import formats, roles
from questions.bank.seed import seed_bank
from questions.management.commands.seed_questions import CORE_BANK
from questions.models import Question

PASSWORD = "practice makes perfect"  # noqa: S105 - for one's own machine
CANDIDATES = ("ada", "ben")
EDITOR, SUPERUSER = "editor", "superuser"

TOPICS = (
    *("reproducibility", "data-and-features", "learning-methods", "model-quality"),
    *("deployment-and-operations", "platforms-and-tools"),
)
GUESTS = 24  # with the candidates' own, enough answers for every statistic of three questions


def address_of(name: str) -> str:
    """The email address of one of the accounts."""
    return f"{name}@example.org"


def make(*, now: datetime) -> bool:
    """Make all of it, or nothing if it was made before. Returns whether it was made.

    An empty database gets the core bank first. Raises ObjectDoesNotExist or CannotFill, having
    written nothing, where the bank lacks interviews or questions of the core bank.
    """
    if User.objects.filter(username__in=(*CANDIDATES, EDITOR, SUPERUSER)).exists():
        return False
    with transaction.atomic():
        _make_rows(now, random.Random(1))
    compute.refresh(now=now)
    return True


def _make_rows(now: datetime, rng: random.Random) -> None:
    """Make the rows in the order of time: an attempt asks the versions current at its start."""

    def ago(days: float) -> datetime:
        return now - timedelta(days=days, minutes=rng.randint(0, 300))

    _seed_an_empty_bank(ago(60))
    editor = _make_editor()
    User.objects.create_superuser(SUPERUSER, address_of(SUPERUSER), PASSWORD)
    ada, ben = (ExampleCandidate(_make_owner(name), 0.5, rng) for name in CANDIDATES)
    guests = [_new_guest(rng) for _ in range(GUESTS)]

    checks = random.Random(2)  # of its own, so that checking changes nothing else
    for days, guest in enumerate(guests[: GUESTS // 2], start=34):
        checking.check(guest, guest.take("reproducibility", ago(days)), checks)
    reported = ada.take("reproducibility", ago(40))
    confirmed = [ada.take(topic, ago(40 - week)) for week, topic in enumerate(TOPICS[1:], start=1)]
    ben.take("full-interview", ago(33))
    corrections.report(ada.owner, reported, editor=editor, at=ago(32))
    corrections.advise_on_length(author=editor, at=ago(31))

    for days, guest in enumerate(guests[GUESTS // 2 :], start=16):
        guest.take("reproducibility", ago(days))
    ada.skill = ben.skill = 0.8  # they have practised
    confirmed += [ada.take("screening", ago(days)) for days in (25, 21, 17)]
    special_attempts.leave_until_time_runs_out(ada, ago(16))
    corrections.withdraw_a_point(author=editor, at=ago(14))

    for attempt in confirmed:
        _confirm(ada.owner, attempt)
    ada.take("reproducibility", ago(9))
    special_attempts.go_into_overtime(ada, ago(6))
    special_attempts.discard(ada, ago(4))
    for days in (8, 5, 3):
        ben.take("screening", ago(days))
    ada.take("screening", ago(2))
    asking_back.take(ada, ago(1.5))
    special_attempts.leave_doubts(ada, ago(1))
    special_attempts.leave_running(ada, now - timedelta(minutes=6))


def _confirm(owner: Owner, attempt: Attempt) -> None:
    """Change the first tick of one answer, and accept all others, on the next day."""
    later = attempt.started_at + timedelta(days=1)
    answer = next((a for a in answers_of(attempt) if a.ticks), None)
    if answer is not None and answer.ticks:
        ticks = [not answer.ticks[0], *answer.ticks[1:]]
        transitions.mark(owner, attempt.pk, answer.position, ticks, now=later)
    transitions.confirm(owner, attempt.pk, now=later)


def _seed_an_empty_bank(at: datetime) -> None:
    if not Question.objects.exists():
        seed_bank(formats.read_bank(CORE_BANK.read_text(encoding="utf-8")), now=at)


def _make_editor() -> User:
    """Somebody who may do in the admin what examiners may."""
    roles.make_groups()
    editor = User.objects.create_user(EDITOR, address_of(EDITOR), PASSWORD, is_staff=True)
    editor.groups.add(Group.objects.get(name="Examiner"))
    return editor


def _make_owner(name: str) -> Owner:
    user = User.objects.create_user(name, address_of(name), PASSWORD)
    return Owner(user_id=user.pk)


def _new_guest(rng: random.Random) -> ExampleCandidate:
    return ExampleCandidate(Owner(guest_key=f"{rng.getrandbits(128):032x}"), rng.random(), rng)
