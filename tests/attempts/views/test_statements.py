"""How many statements the room's requests take, however much there is."""

from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.attempts.views.steps import BOTH, save
from tests.factories import AnswerFactory, AttemptFactory, UserFactory, interview_of
from tests.plain_browser import HTMX, begin, logged_in, visit

pytestmark = pytest.mark.django_db


def statements(act) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = act()
    assert response.status_code in (200, 302)
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [q["sql"] for q in captured if not q["sql"].startswith(control)]


WHO = {"a user": lambda: logged_in(UserFactory()), "a guest": Client}


@BOTH
@pytest.mark.parametrize("who", WHO)
def test_a_question_takes_8_statements_and_an_autosave_4_however_many_attempts(who, timing):
    counts = []
    client = WHO[who]()
    attempt = begin(client, interview_of(6, timing=timing))
    for number in range(2):
        shown = statements(lambda: client.get(attempt.get_absolute_url()))
        saved = statements(partial(save, client, attempt, f"text {number}", sequence=number + 1))
        counts.append((len(shown), len(saved)))
        owner = {"user": attempt.user, "guest_key": attempt.guest_key}
        for _ in range(15):
            AnswerFactory(attempt=AttemptFactory(**owner, finished=True), written=True, closed=True)
            AnswerFactory(attempt=AttemptFactory(finished=True), written=True, closed=True)
    assert counts[0] == counts[1]
    assert counts[0][0] <= 8, shown
    assert counts[0][1] <= 4, saved


@BOTH
def test_going_on_costs_the_same_with_3_and_24_questions(client, timing):
    counts = []
    for questions in (3, 24):
        attempt = begin(client, interview_of(questions, timing=timing))
        page = visit(client, attempt.get_absolute_url())
        address, data = page.data("Submit answer", text="Mine.")
        counts.append(len(statements(partial(client.post, address, data, headers=HTMX))))
        client.post(f"/attempts/{attempt.pk}/discard/")
    assert counts[0] == counts[1] <= 14
