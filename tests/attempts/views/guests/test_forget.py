"""A guest leaves a shared computer: nothing of theirs can be seen there by the next."""

import pytest
from django.test import Client

from attempts.models import AddedTime, Answer, Attempt, KeptText, Report, SaidHere
from attempts.owners import GUEST_KEY
from questions.models import Timing
from tests.factories import UserFactory, interview_of
from tests.plain_browser import SCRIPT, begin, logged_in, visit

pytestmark = pytest.mark.django_db

FORGET = "/attempts/forget/"


@pytest.fixture
def guest(client):
    """A guest with a finished attempt and a running one, beside another guest and a user."""
    for other in (Client(), logged_in(UserFactory())):
        begin(other, interview_of(1))
    for finish in (True, False):
        attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
        visit(client, attempt.get_absolute_url()).press("Flag", text="A secret of the guest's.")
        if finish:
            client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
            client.post(f"/attempts/{attempt.pk}/review/1/", {"points": ["0"]})
    return client


def test_it_is_offered_to_guests_on_every_page(guest):
    for address in ("/", "/attempts/", "/accounts/login/", "/no-such-page/"):
        assert visit(guest, address).link("Forget this browser") == FORGET
    for other in (Client(), logged_in(UserFactory())):
        assert FORGET not in visit(other, "/").html


def test_it_says_what_is_lost_and_asks_first(guest):
    page = visit(guest, FORGET)
    assert "2 attempts" in page.words
    for attempt in Attempt.objects.filter(user=None, guest_key=guest.session[GUEST_KEY]):
        assert attempt.interview_title in page.words
    assert "A secret" not in page.html
    assert Attempt.objects.count() == 4


def test_it_deletes_all_of_the_guests_and_nothing_of_others(guest):
    key = guest.session[GUEST_KEY]
    addresses = [
        f"/attempts/{pk}/"
        for pk in Attempt.objects.filter(guest_key=key).values_list("pk", flat=True)
    ]
    page = visit(guest, FORGET).press("Delete and forget")
    assert page.address == "/"
    assert Attempt.objects.count() == 2
    assert not Attempt.objects.filter(guest_key=key).exists()
    for model in (Answer, KeptText, AddedTime, Report, SaidHere):
        lookup = (
            "attempt__guest_key" if model in (Answer, AddedTime) else "answer__attempt__guest_key"
        )
        assert not model.objects.filter(**{lookup: key}).exists()
    assert GUEST_KEY not in guest.session
    assert guest.cookies["forget-unsaved"].value == "1"
    assert "Resume" not in page.words
    for address in addresses:
        for place in (address, f"{address}review/"):
            assert guest.get(place).status_code == 410
    assert visit(guest, FORGET).address == "/"


def test_an_open_page_cannot_bring_the_guest_back(guest):
    attempt = Attempt.objects.get(guest_key=guest.session[GUEST_KEY], state="running")
    passed = guest.get(attempt.get_absolute_url()).context["guest_pass"]
    visit(guest, FORGET).press("Delete and forget")
    reply = guest.post("/attempts/return/", {"pass": passed}, headers=SCRIPT)
    assert reply.status_code == 403
    assert GUEST_KEY not in guest.session


def test_the_next_guest_is_another(guest):
    before = guest.session[GUEST_KEY]
    visit(guest, FORGET).press("Delete and forget")
    begin(guest, interview_of(1))
    assert guest.session[GUEST_KEY] != before


def test_the_pace_of_the_guest_is_forgotten_too(guest):
    visit(guest, FORGET).press("Delete and forget")
    assert dict(guest.session.items()) == {} or "pace" not in guest.session


def test_who_has_logged_in_can_delete_what_nobody_claims(guest):
    user = UserFactory()
    own = begin(logged_in(user), interview_of(1))
    guest.force_login(user, "django.contrib.auth.backends.ModelBackend")
    page = visit(guest, "/attempts/whose/")
    page = visit(guest, page.link("Delete…")).press("Delete and forget")
    assert "Log out" in page.words
    assert own in Attempt.objects.all()
    assert Attempt.objects.filter(user=None).count() == 1
    assert "Are they yours?" not in page.words


def test_who_has_nothing_here_deletes_nothing():
    for client in (Client(), logged_in(UserFactory())):
        before = Attempt.objects.count()
        assert client.post(FORGET).status_code == 302
        assert Attempt.objects.count() == before
