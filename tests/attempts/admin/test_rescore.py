"""Suggesting again for chosen attempts, from their list in the admin."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from attempts import scoring, transitions
from attempts.models import Answer
from tests.attempts.chat_engine.stand_in import says, standing_in
from tests.attempts.marking.answers import answered, suggestion
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:attempts_attempt_changelist")


def choosing(*answers, **more):
    chosen = [str(answer.attempt_id) for answer in answers]
    return {"action": "rescore", "_selected_action": chosen, **more}


@pytest.fixture
def old():
    answer = answered()
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, True], "old-1"))
    return answer


def test_lists_what_would_change_and_changes_it_only_when_told(client, old):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    page = client.post(LIST, choosing(old)).content.decode()
    assert "100 % → 50 %" in page
    assert Answer.objects.get(pk=old.pk).engine == "old-1"

    client.post(LIST, choosing(old, confirmed="1"))
    assert Answer.objects.get(pk=old.pk).engine == scoring.engine_name()
    assert LogEntry.objects.get().object_id == str(old.attempt_id)
    assert "No suggestion would change" in client.post(LIST, choosing(old)).content.decode()


def test_more_than_a_page_can_wait_for_are_left_to_the_command(client, old):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    chosen = [old, *(answered() for _ in range(5))]
    page = client.post(LIST, choosing(*chosen, confirmed="1"), follow=True).content.decode()
    assert "manage.py rescore" in page
    assert Answer.objects.get(pk=old.pk).engine == "old-1"


def test_staff_who_may_only_look_cannot(client, old):
    viewer = UserFactory(is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_attempt"))
    client.force_login(viewer)
    client.post(LIST, choosing(old, confirmed="1"))
    assert Answer.objects.get(pk=old.pk).engine == "old-1"


def test_a_page_waits_for_no_server(client, old, settings):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    with standing_in(says({})) as (settings.SCORER, seen):
        for confirmed in ({}, {"confirmed": "1"}):
            page = client.post(LIST, choosing(old, **confirmed), follow=True).content.decode()
            assert "manage.py rescore" in page
    assert seen.bodies == []
    assert Answer.objects.get(pk=old.pk).engine == "old-1"
