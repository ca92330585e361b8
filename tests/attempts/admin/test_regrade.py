"""Regrading old answers by a corrected question: what the page shows is what it then does."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from quizsite.clock import database_now
from tests.admin_pages import messages_of
from tests.attempts.admin.staff import log_of
from tests.factories import START

pytestmark = pytest.mark.django_db


def levels_of(response) -> list[str]:
    return [message.level_tag for message in response.context["messages"]]


def test_a_dry_run_shows_and_changes_nothing_until_the_click(
    client, examiner, candidate, corrected
):
    url = reverse("admin:attempts_attempt_regrade", args=[corrected.pk])
    page = client.get(url)
    assert "16.67 → 33.33" in page.content.decode()
    assert "50 % → 100 %" in page.content.decode()
    assert float(candidate.attempt.score) == 16.67
    seen = page.context["form"]["seen"].value()
    response = client.post(url, {"seen": seen, "why": "It was wrong."}, follow=True)
    assert messages_of(response) == ["1 answer regraded, 1 score changed."]
    assert float(candidate.attempt.score) == 33.33
    assert "No answer would be regraded." in response.content.decode()
    assert "score 16.67 to 33.33. Why: It was wrong." in log_of(candidate)[0][1]
    entry = LogEntry.objects.get(object_id=str(corrected.pk))
    assert entry.get_change_message().startswith("1 answer regraded, 1 score changed by version")
    answer = candidate.answer(1)
    assert (answer.counted, answer.regrade_note) == ([True, False], "It was wrong.")


def test_the_admin_says_of_an_answer_which_points_were_withdrawn(
    client, examiner, candidate, corrected
):
    url = reverse("admin:attempts_attempt_regrade", args=[corrected.pk])
    seen = client.get(url).context["form"]["seen"].value()
    client.post(url, {"seen": seen, "why": "It was wrong."})
    page = client.get(reverse("admin:attempts_answer_change", args=[candidate.answer(1).pk]))
    assert "✗ not met, withdrawn: The second idea." in page.content.decode()
    assert "✓ met: The first idea." in page.content.decode()


def test_a_click_on_an_old_dry_run_changes_nothing(client, examiner, candidate, corrected):
    url = reverse("admin:attempts_attempt_regrade", args=[corrected.pk])
    response = client.post(url, {"seen": "1-1", "why": "It was wrong."}, follow=True)
    assert levels_of(response) == ["warning"]
    assert float(candidate.attempt.score) == 16.67
    client.post(url, {"seen": client.get(url).context["plan"].fingerprint, "why": ""})
    assert float(candidate.attempt.score) == 16.67


def test_what_is_applied_is_what_the_dry_run_showed(client, examiner, candidate, corrected):
    url = reverse("admin:attempts_attempt_regrade", args=[corrected.pk])
    seen = client.get(url).context["form"]["seen"].value()
    now = (database_now() - START).total_seconds()
    candidate.mark(1, [False, True], at=now)  # as many scores would change, but to other values
    response = client.post(url, {"seen": seen, "why": "It was wrong."}, follow=True)
    assert levels_of(response) == ["warning"]
    assert float(candidate.attempt.score) == 16.67
