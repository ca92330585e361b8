"""The first page of the admin: how the site is doing."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User

from quizsite.clock import database_now
from tests.factories import AnswerFactory, AttemptFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client) -> User:
    user = UserFactory(is_staff=True)
    user.groups.set(Group.objects.filter(name="editors"))
    client.force_login(user)
    return user


def test_staff_see_five_numbers_and_what_is_bad(client, editor):
    now = database_now()
    AttemptFactory(deadline_at=now - timedelta(minutes=30))
    ended = AttemptFactory(finished=True, finished_at=now - timedelta(hours=3))
    AnswerFactory(attempt=ended, text="Somebody's planted words.", closed=True)
    reply = client.get("/admin/")
    bad = [bool(number.advice) for number in reply.context["health"]]
    assert bad == [False, True, True, False, False]
    html = reply.content.decode()
    assert "planted" not in html
    assert 'style="' not in html
    assert html.count('class="bad"') == 2


def test_others_do_not(client):
    client.force_login(UserFactory())
    assert client.get("/admin/").status_code == 302


def test_it_takes_one_statement_more_than_djangos(client, editor, django_assert_max_num_queries):
    client.get("/admin/")
    with django_assert_max_num_queries(12) as counted:
        client.get("/admin/")
    asked = [q for q in counted.captured_queries if "numbackends" in q["sql"]]
    assert len(asked) == 1
