"""What the page's script is told when it saves the text in the box."""

import pytest

from tests.attempts.views.steps import TOTAL, save, stored
from tests.factories import interview_of
from tests.plain_browser import begin, pass_time

pytestmark = pytest.mark.django_db


def test_a_save_says_what_became_of_the_text(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    state = {"running": True, "open": True}
    assert save(client, attempt, "A").json() == {"verdict": "accepted", "revision": 1, **state}
    assert save(client, attempt, "A").json() == {"verdict": "already", "revision": 1, **state}
    kept = {"stored": "A"}
    emptied = save(client, attempt, " ", revision=1, sequence=2)
    assert emptied.json() == {"verdict": "not-emptied", "revision": 1, **state, **kept}
    other = save(client, attempt, "B", writer="v")
    assert other.status_code == 409
    assert other.json() == {"verdict": "conflict", "revision": 1, **state, **kept}


def test_a_late_save_is_said_to_be_late(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    pass_time(attempt.pk, 120 + 16)
    late = save(client, attempt, "A")
    assert late.status_code == 410
    assert (late.json()["verdict"], late.json()["running"]) == ("late", False)


def test_a_save_that_is_too_long_says_so_and_keeps_the_earlier_text(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    save(client, attempt, "A")
    refused = save(client, attempt, "x" * 20_001, revision=1, sequence=2)
    assert refused.status_code == 422
    assert "at most 20,000 characters" in refused.json()["message"]
    assert stored(attempt) == ["A", ""]
