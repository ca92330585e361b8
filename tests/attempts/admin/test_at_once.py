"""Staff acts while somebody else does: what a page showed is compared under the attempt's lock."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import reverse

from attempts.models import Attempt
from attempts.transitions import staff
from quizsite.clock import database_now
from tests.attempts.admin.staff import log_of, member
from tests.attempts.candidate import Candidate, after
from tests.factories import START
from tests.threads import Threads, together, wait_until_blocked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def other(db) -> Client:
    """Another examiner's browser."""
    browser = Client()
    browser.force_login(member("Examiner"))
    return browser


def url_of(name: str, candidate: Candidate) -> str:
    return reverse(f"admin:attempts_attempt_{name}", args=[candidate.pk])


def log(candidate: Candidate, user, message: str) -> None:
    kind = ContentType.objects.get_for_model(Attempt)
    LogEntry.objects.create(
        user=user, content_type=kind, object_id=str(candidate.pk), object_repr="",
        action_flag=CHANGE, change_message=message,
    )  # fmt: skip


def test_who_waits_for_somebody_else_s_action_is_told_of_it(client, examiner, candidate):
    seen = client.get(url_of("discard", candidate)).context["form"]["seen"].value()
    sent = {"why": "A test.", "seen": seen}
    with Threads(1) as threads:
        with transaction.atomic():
            staff.add_minutes(candidate.pk, after(300) - after(0), why="x", now=after(5))
            log(candidate, examiner, "Add minutes: 5 min.")
            waiting = threads.begin(lambda: client.post(url_of("discard", candidate), sent))
            wait_until_blocked()
        told = waiting.result(timeout=20)
    assert candidate.attempt.is_running
    assert "Add minutes: 5 min." in told.context["form"].errors["__all__"][0]


def test_of_two_who_add_minutes_at_once_one_is_told(client, examiner, candidate, other):
    seen = client.get(url_of("add_minutes", candidate)).context["form"]["seen"].value()
    sent = {"minutes": 5, "why": "Fire drill.", "seen": seen}
    address = url_of("add_minutes", candidate)
    replies = together(*[lambda b=browser: b.post(address, sent) for browser in (client, other)])
    assert sorted(reply.status_code for reply in replies) == [200, 302]
    assert candidate.attempt.added_times.count() == len(log_of(candidate)) == 1


def test_an_answer_ticked_otherwise_while_the_regrade_waits_stays_as_it_is(
    client, examiner, candidate, corrected
):
    now = (database_now() - START).total_seconds()
    address = reverse("admin:attempts_attempt_regrade", args=[corrected.pk])
    sent = {"seen": client.get(address).context["plan"].fingerprint, "why": "It was wrong."}
    with Threads(1) as threads:
        with transaction.atomic():
            candidate.mark(1, [False, True], at=now)  # the share is the same, the regrade's is not
            waiting = threads.begin(lambda: client.post(address, sent))
            wait_until_blocked()
        waiting.result(timeout=20)
    answer = candidate.answer(1)
    assert (float(answer.share), answer.counted) == (0.5, None)
    assert log_of(candidate) == []
