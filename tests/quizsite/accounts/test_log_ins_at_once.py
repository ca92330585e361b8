"""People behind one router, such as a class, log in without waiting for each other."""

import threading

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client

from attempts.owners import GUEST_KEY
from questions.models import Timing
from tests.factories import PASSWORD, UserFactory, interview_of
from tests.plain_browser import begin
from tests.threads import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLASS = 12


class AllTogether(MD5PasswordHasher):
    """Compares no password before the whole class has sent one."""

    algorithm = "together"
    barrier = threading.Barrier(CLASS)

    def verify(self, password, encoded):
        self.barrier.wait(timeout=10)
        return super().verify(password, encoded)


@pytest.fixture(autouse=True)
def no_failed_log_ins():
    cache.clear()
    yield
    cache.clear()


def log_in(user):
    return Client().post("/accounts/login/", {"login": user.email, "password": PASSWORD})


def test_a_class_logs_in_at_once(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.AllTogether"]
    users = UserFactory.create_batch(CLASS)
    replies = together(*[lambda user=user: log_in(user) for user in users])
    assert [reply.status_code for reply in replies] == [302] * CLASS


def test_a_guest_who_logs_in_twice_at_once_stays_known_in_both():
    guest, user = Client(), UserFactory()
    attempt = begin(guest, interview_of(1, timing=Timing.TOTAL.value))
    key = guest.session[GUEST_KEY]

    def press():
        tab = Client()
        tab.cookies.update(guest.cookies)
        data = {"login": user.email, "password": PASSWORD}
        reply = tab.post("/accounts/login/", data)
        return reply.headers["Location"], tab.session.get(GUEST_KEY)

    for leads_to, known_as in together(press, press):
        assert leads_to.startswith("/attempts/whose/")
        assert known_as == key
    attempt.refresh_from_db()
    assert (attempt.is_running, attempt.user) == (True, None)
