"""What is measured: pages of candidates, pages of staff, and the jobs that run beside them."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from attempts import transitions
from attempts.marking.rescoring import apply, suggestion_changes
from attempts.models import Answer, Attempt
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
    return {
        "start": undone(lambda: transitions.start(owner, interview, Pace(), now=database_now())),
        f"sweep, {FEW} overdue": undone(sweep),
        f"rescore, {FEW} attempts": undone(rescore),
        "refresh, nothing changed": undone(lambda: refresh(now=database_now())),
        f"refresh, {FEW} changed": undone(refresh_few),
    }


def sweep() -> None:
    running = Attempt.objects.running().order_by("seed").values("pk")[:FEW]
    now = database_now()
    Attempt.objects.filter(pk__in=list(running.values_list("pk", flat=True))).update(
        deadline_at=now - timedelta(hours=1)
    )
    assert transitions.finish_overdue(now=now + timedelta(days=2)) >= FEW


def rescore() -> None:
    newest = Attempt.objects.finished().newest_first()[:FEW]
    answers = Answer.objects.filter(attempt__in=[attempt.pk for attempt in newest]).written()
    related = answers.select_related("attempt", "version__question")
    for change in suggestion_changes(related.in_batches()):
        apply(change)


def refresh_few() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO attempts_tocount (attempt_id) SELECT id FROM attempts_attempt"
            " WHERE state = 'submitted' ORDER BY started_at DESC LIMIT %s",
            [FEW],
        )
    assert refresh(now=database_now())
