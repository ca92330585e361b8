"""A new password ends all other log-ins at once, whoever set it; an open room keeps its text."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from attempts.models import Attempt
from questions.models import Timing
from tests.factories import PASSWORD, UserFactory, interview_of
from tests.plain_browser import HTMX, SCRIPT, begin, logged_in, visit

pytestmark = pytest.mark.django_db

NEW = "entirely new words"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
    yield
    cache.clear()


def log_in(user, password=PASSWORD) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": password})
    assert "_auth_user_id" in client.session
    return client


def is_in(client) -> bool:
    return "Log out" in visit(client, "/").words


def by_the_person(user, callbacks):
    """The browser in which it was changed stays logged in."""
    client = log_in(user)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", form).status_code == 302
    assert is_in(client)


def by_mail(user, callbacks):
    client = Client()
    with callbacks(execute=True):
        client.post("/accounts/password/reset/", {"email": user.email})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)
    page = visit(client, link[1])
    page.press(page.buttons[-1].name, password1=NEW, password2=NEW)


def by_staff(user, callbacks):
    admin = logged_in(UserFactory(is_staff=True, is_superuser=True))
    address = f"/admin/auth/user/{user.pk}/password/"
    seen = admin.get(address).context["form"]["seen"].value()
    form = {"password1": NEW, "password2": NEW, "usable_password": "true", "seen": seen}
    assert admin.post(address, form).status_code == 302


def in_the_admin(user, callbacks):
    user.is_staff = user.is_superuser = True
    user.save()
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    client = log_in(user)
    assert client.post("/admin/password_change/", form).status_code == 302
    assert is_in(client)


def by_command(user, callbacks):
    user.set_password(NEW)
    user.save()


WAYS = [by_the_person, by_mail, by_staff, in_the_admin, by_command]


@pytest.mark.parametrize("way", WAYS)
def test_a_new_password_ends_all_other_log_ins(way, django_capture_on_commit_callbacks):
    user = UserFactory()
    others = [log_in(user), log_in(user), logged_in(user)]
    bystander = log_in(UserFactory())
    way(user, django_capture_on_commit_callbacks)
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert [is_in(client) for client in others] == [False] * 3
    assert is_in(bystander)


@pytest.mark.parametrize("headers", [HTMX, SCRIPT], ids=["htmx", "script"])
def test_an_open_room_elsewhere_is_told_and_saves_after_a_new_log_in(headers):
    user = UserFactory()
    other = log_in(user)
    attempt = begin(other, interview_of(2, timing=Timing.TOTAL.value))
    room = visit(other, attempt.get_absolute_url())
    by_command(user, None)
    save = f"{attempt.get_absolute_url()}flag/"
    assert other.post(save, {"position": 1, "text": "Typed."}, headers=headers).status_code == 401
    back = room.press("Flag", text="Typed meanwhile.")
    assert (back.status, back.heading) == (401, "You are logged out")
    assert "Typed meanwhile.</textarea>" in back.html
    other.post("/accounts/login/", {"login": user.email, "password": NEW})
    assert back.press("Send again").status == 200
    assert Attempt.objects.get().answers.get(position=1).text == "Typed meanwhile."


def test_a_link_to_set_a_password_works_once_and_not_after_another_change(
    django_capture_on_commit_callbacks,
):
    user = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/accounts/password/reset/", {"email": user.email})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)
    by_command(user, None)
    assert visit(Client(), link[1]).heading == "This link no longer works"


def test_the_session_gets_another_key_at_a_log_in():
    """Whoever planted a session's key in somebody's browser gets nothing by it."""
    user, client = UserFactory(), Client()
    begin(client, interview_of(1))
    planted = client.cookies["sessionid"].value
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert not is_in(thief)
