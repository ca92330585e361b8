"""What is measured: pages of candidates, pages of staff, and the jobs that run beside them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.apps import apps
from django.test import Client
from django.urls import reverse

from attempts import transitions
from attempts.marking.rescoring import apply, suggestion_changes
from attempts.models import Answer, Attempt, ToCount
from attempts.owners import Owner
from attempts.statistics.compute import refresh
from attempts.transitions.starting import Pace
from questions.models import Interview, Question
from quizsite.clock import database_now
from tests.benchmarks.growth.measuring import undone

Acts = Mapping[str, Callable[[], object]]

PER_PAGE = 100

FEW = 20
"""Attempts that a job is given at once."""


def opened(client: Client, address: str, **query: object) -> Callable[[], None]:
    def act() -> None:
        response = client.get(address, query)
        assert response.status_code == 200, (address, query, response.status_code)

    return act


def pages(user) -> Acts:
    """Of somebody with a few attempts."""
    client = Client()
    client.force_login(user)
    mine = Attempt.objects.filter(user=user).finished()
    attempt = mine.newest_first()[0]
    question = Answer.objects.filter(attempt=attempt)[0].version.question
    history = reverse("attempts:history")
    addresses = {
        "home": reverse("home"),
        "history": history,
        "history, search": f"{history}?words=quorum",
        "my questions": reverse("my_questions"),
        "question": reverse("my_question", args=[question.pk]),
        "result": reverse("attempts:review", args=[attempt.pk]),
    }
    return {name: opened(client, address) for name, address in addresses.items()}


LISTS = {
    "attempts": "attempts_attempt",
    "answers": "attempts_answer",
    "reports": "attempts_report",
    "users": "auth_user",
    "questions": "questions_question",
}


def staff_pages(user) -> Acts:
    client = Client()
    client.force_login(user)
    question = Question.objects.order_by("pk")[0]
    attempt = Attempt.objects.finished().newest_first()[0]
    found: dict[str, Callable[[], object]] = {}
    for name, model in LISTS.items():
        address = reverse(f"admin:{model}_changelist")
        found[f"admin: {name}, page 1"] = opened(client, address)
        last = -(-apps.get_model(*model.split("_")).objects.count() // PER_PAGE)
        found[f"admin: {name}, page 100"] = opened(client, address, p=min(100, last))
    attempts = reverse("admin:attempts_attempt_changelist")
    of_question = {"answers__version__question": question.pk}
    bank = reverse("admin:attempts_questionstatistics_changelist")
    return found | {
        "admin: attempts, expired": opened(client, attempts, state__exact="expired"),
        "admin: attempts, by score": opened(client, attempts, o="6"),
        "admin: attempts, by owner": opened(client, attempts, o="1"),
        "admin: attempts, search": opened(client, attempts, q="crowd-4@"),
        "admin: attempts, of a question": opened(client, attempts, **of_question),
        "admin: users, search": opened(client, reverse("admin:auth_user_changelist"), q="crowd-4@"),
        "admin: attempt": opened(
            client, reverse("admin:attempts_attempt_change", args=[attempt.pk])
        ),
        "admin: question": opened(
            client, reverse("admin:questions_question_change", args=[question.pk])
        ),
        "admin: delete a question": opened(
            client, reverse("admin:questions_question_delete", args=[question.pk])
        ),
        "statistics": opened(client, bank),
        "statistics of a question": opened(
            client, reverse("admin:attempts_questionstatistics_question", args=[question.pk])
        ),
    }


def jobs(user) -> Acts:
    """What they change is undone."""
    owner = Owner(user_id=user.pk)
    interview = Interview.objects.order_by("pk")[0]
    finished = some_of_crowd()
    running = list(Attempt.objects.running().values_list("pk", flat=True)[:FEW])
    return {
        "start": undone(lambda: transitions.start(owner, interview, Pace(), now=database_now())),
        f"sweep, {FEW} overdue": undone(lambda: sweep(running)),
        f"rescore, {FEW} attempts": undone(lambda: rescore(finished)),
        "refresh, nothing changed": undone(lambda: refresh(now=database_now())),
        f"refresh, {FEW} changed": undone(lambda: refresh_few(finished)),
    }


def some_of_crowd() -> list[UUID]:
    """Attempts that the crowd finished among its first, which are there at every size."""
    first = Attempt.objects.finished().filter(seed__range=(500, 500 + FEW - 1))
    return list(first.values_list("pk", flat=True))


def sweep(running: Sequence[UUID]) -> None:
    now = database_now()
    Attempt.objects.filter(pk__in=running).update(deadline_at=now - timedelta(hours=1))
    assert transitions.finish_overdue(now=now + timedelta(days=2)) >= FEW


def rescore(finished: Sequence[UUID]) -> None:
    answers = Answer.objects.filter(attempt__in=finished).written()
    related = answers.select_related("attempt", "version__question")
    for change in suggestion_changes(related.in_batches()):
        apply(change)


def refresh_few(finished: Sequence[UUID]) -> None:
    ToCount.objects.bulk_create([ToCount(attempt_id=attempt) for attempt in finished])
    assert refresh(now=database_now())
