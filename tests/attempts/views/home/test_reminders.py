"""The calendar file of the days on which somebody's questions are due."""

from datetime import UTC, timedelta

import pytest
from icalendar import Calendar

from attempts.owners import Owner
from quizsite.clock import database_now
from tests.attempts.practice.recall import answered
from tests.attempts.views.practice.steps import WHO, owner_of
from tests.factories import UserFactory
from tests.plain_browser import load, logged_in, visit

pytestmark = pytest.mark.django_db

ANYBODY = pytest.mark.parametrize("who", WHO)
ADDRESS = "/reminders.ics"


def day(number: int):
    return database_now().astimezone(UTC).date() + timedelta(days=number)


def events(client) -> dict:
    """By day the summaries of the events of the file."""
    response = client.get(ADDRESS)
    assert response.status_code == 200, response.headers
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    found: dict = {}
    for event in Calendar.from_ical(response.content).walk("VEVENT"):
        found.setdefault(event["DTSTART"].dt, []).append(str(event["SUMMARY"]))
    return found


def uids(client) -> set[str]:
    calendar = Calendar.from_ical(client.get(ADDRESS).content)
    return {str(event["UID"]) for event in calendar.walk("VEVENT")}


@ANYBODY
def test_it_has_the_days_on_which_questions_are_due_and_the_interview(who):
    client, now = WHO[who](), database_now()
    owner = owner_of(client)
    for _ in range(2):
        answered(owner, "1", at=now)  # in eight days
    answered(owner, "0", at=now - timedelta(days=20))
    answered(Owner(guest_key="somebody else"), "0", at=now)
    due = "Interview practice: {} due"
    one, two = due.format("1 question"), due.format("2 questions")
    assert events(client) == {day(0): [one], day(8): [two]}
    client.post("/interview-date/", {"interview_on": day(5).isoformat()})
    assert events(client) == {day(0): [one], day(4): [two], day(5): ["Your interview"]}
    assert visit(client, "/").link("Reminders for your calendar (.ics)") == ADDRESS


def test_a_file_that_is_taken_again_changes_the_same_events():
    client, other = (logged_in(UserFactory()) for _ in range(2))
    for one in (client, other):
        answered(owner_of(one), "1", at=database_now())
    first = uids(client)
    assert uids(client) == first
    answered(owner_of(client), "1", at=database_now())
    assert uids(client) == first
    assert not uids(other) & first


def test_its_events_do_not_name_the_guest(client):
    owner = owner_of(client)
    answered(owner, "1", at=database_now())
    assert owner.guest_key.encode() not in client.get(ADDRESS).content


@pytest.mark.parametrize("who", ["a stranger", *WHO])
def test_without_anything_due_there_is_none_and_the_page_says_so(client, who):
    if who != "a stranger":
        client = WHO[who]()
        owner_of(client)
    answered(Owner(guest_key="somebody else"), "0")
    page = load(client, client.get(ADDRESS, follow=True), ADDRESS)
    assert page.address == "/"
    assert "nothing to be reminded of" in page.words


def test_the_day_of_an_interview_alone_is_a_file_too():
    client = logged_in(UserFactory())
    client.post("/interview-date/", {"interview_on": day(5).isoformat()})
    assert events(client) == {day(5): ["Your interview"]}
