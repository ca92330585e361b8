"""What the tests of practice do: start one, write, go on."""

from django.test import Client

from attempts import transitions
from attempts.models import Attempt
from attempts.owners import Owner
from quizsite.clock import database_now
from tests.factories import START, UserFactory, interview_of
from tests.plain_browser import Page, begin, load, logged_in

WHO = {"a user": lambda: logged_in(UserFactory()), "a guest": Client}


def owner_of(client: Client) -> Owner:
    """Whose requests they are; a guest begins something first."""
    if user := client.session.get("_auth_user_id"):
        return Owner(user_id=int(user))
    if "guest_key" not in client.session:
        attempt = begin(client, interview_of(1))
        transitions.discard(attempt.owner, attempt.pk, now=START)
    return Owner(guest_key=client.session["guest_key"])


def practise(client: Client, source: str, **fields) -> Page:
    address = "/practice/start/"
    data = {"source": source, **fields}
    return load(client, client.post(address, data, follow=True), address)


def go_on(client: Client, practice) -> Page:
    address = f"/practice/{practice.pk}/next/"
    return load(client, client.post(address, follow=True), address)


def running() -> Attempt:
    return Attempt.objects.running().get()


def finish(attempt: Attempt) -> None:
    transitions.finish(attempt.owner, attempt.pk, now=database_now())
