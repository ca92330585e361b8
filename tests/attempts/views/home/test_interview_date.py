"""The day of somebody's interview: set and removed on the home page."""

from datetime import UTC, date, timedelta

import pytest
from django.test import Client

from attempts.models import Preference
from attempts.preferences import INTERVIEW_ON
from quizsite.clock import database_now
from tests.attempts.practice.recall import answered
from tests.attempts.views.practice.steps import WHO, owner_of
from tests.factories import UserFactory, interview_of
from tests.plain_browser import begin, load, logged_in, visit

pytestmark = pytest.mark.django_db

ANYBODY = pytest.mark.parametrize("who", WHO)
ADDRESS = "/interview-date/"


def day(number: int) -> date:
    """So many days after today."""
    return database_now().astimezone(UTC).date() + timedelta(days=number)


def who_has_practised(who: str) -> Client:
    client = WHO[who]()
    answered(owner_of(client), "1", at=database_now() - timedelta(days=1))
    return client


def set_day(client: Client, to: date):
    return visit(client, "/").press("Set the date", interview_on=to.isoformat())


@ANYBODY
def test_it_is_set_changed_and_removed_on_the_home_page(who):
    client = who_has_practised(who)
    assert "Remove it" not in [button.name for button in visit(client, "/").buttons]
    page = set_day(client, day(9))
    assert page.address == "/"
    assert "9 days to your interview" in page.words
    assert "9 days left: 1 question due before it." in page.words
    assert f'value="{day(9)}"' in page.html
    assert "1 day to your interview" in set_day(client, day(1)).words
    assert "Your interview is today." in set_day(client, day(0)).words
    page = visit(client, "/").press("Remove it")
    assert "to your interview" not in page.words
    assert "Remove it" not in [button.name for button in page.buttons]
    assert page.response.context["interview_on"] is None


@ANYBODY
@pytest.mark.parametrize(
    "sent", ["", "tomorrow", "31/12/2026", "2026-13-01", "9999-12-31", "0001-01-01", "\x00", "-1"]
)
def test_what_is_no_day_to_come_is_refused_in_words(who, sent):
    client = who_has_practised(who)
    set_day(client, day(5))
    page = load(client, client.post(ADDRESS, {"interview_on": sent}), ADDRESS)
    assert page.status == 422
    assert page.response.context["form"].errors["interview_on"]
    assert 'aria-invalid="true"' in page.html
    assert '<details class="interview-date" open>' in page.html
    assert visit(client, "/").response.context["interview_on"] == day(5)


@pytest.mark.parametrize(("days", "is_taken"), [(-1, False), (0, True), (730, True), (731, False)])
def test_the_first_and_the_last_day_that_are_taken(days, is_taken):
    client = who_has_practised("a user")
    response = client.post(ADDRESS, {"interview_on": day(days).isoformat()})
    assert response.status_code == (302 if is_taken else 422)
    assert Preference.objects.filter(interview_on=day(days)).exists() is is_taken


@ANYBODY
def test_a_day_that_is_over_is_said_and_a_new_one_asked_for(who):
    client = who_has_practised(who)
    set_day(client, day(9))
    past = day(-3)
    if who == "a user":
        Preference.objects.update(interview_on=past)
    else:
        session = client.session
        session[INTERVIEW_ON] = past.isoformat()
        session.save()
    page = visit(client, "/")
    assert f"Your interview was on {past:%-d %B %Y}." in page.words
    assert "days left" not in page.words
    assert f'value="{past}"' not in page.html
    page = visit(client, "/").press("Set the date", interview_on=day(4).isoformat())
    assert "4 days to your interview" in page.words


def test_nothing_is_remembered_of_a_stranger(client):
    response = client.post(ADDRESS, {"interview_on": day(9).isoformat()})
    assert response.headers["Location"] == "/"
    assert not client.session.keys()


def test_it_is_set_by_a_press_only(client):
    assert client.get(ADDRESS).status_code == 405


def test_one_persons_day_is_not_anothers():
    mine, theirs = (who_has_practised("a user") for _ in range(2))
    set_day(theirs, day(3))
    assert "to your interview" not in visit(mine, "/").words
    set_day(mine, day(9))
    assert "3 days to your interview" in visit(theirs, "/").words


def test_a_guests_day_goes_with_the_attempts_to_the_account(client):
    begin(client, interview_of(1))
    client.post(ADDRESS, {"interview_on": day(9).isoformat()})
    user = UserFactory()
    client.force_login(user)
    visit(client, "/attempts/whose/").press("Yes, move to my account")
    assert Preference.objects.get().interview_on == day(9)
    assert INTERVIEW_ON not in client.session


def test_it_does_not_replace_the_accounts_own(client):
    begin(client, interview_of(1))
    client.post(ADDRESS, {"interview_on": day(9).isoformat()})
    user = UserFactory()
    Preference.objects.create(user=user, interview_on=day(2))
    client.force_login(user)
    visit(client, "/attempts/whose/").press("Yes, move to my account")
    assert Preference.objects.get().interview_on == day(2)


def test_it_goes_when_the_browser_is_forgotten(client):
    begin(client, interview_of(1))
    client.post(ADDRESS, {"interview_on": day(9).isoformat()})
    client.force_login(UserFactory())
    visit(client, "/attempts/forget/").press("Delete and forget")
    assert INTERVIEW_ON not in client.session


def test_whoever_sets_only_a_day_has_chosen_no_pace():
    """Else the thinking time of an interview would be taken away from them."""
    client = logged_in(UserFactory())
    interview = interview_of(1, think_seconds=30)
    client.post(ADDRESS, {"interview_on": day(9).isoformat()})
    assert Preference.objects.get().interview_on == day(9)
    form = visit(client, interview.get_absolute_url()).response.context["form"]
    assert form.initial["think_seconds"] == 30
    assert begin(client, interview).think_seconds == 30


def test_a_start_leaves_the_day_as_it_is():
    client = who_has_practised("a user")
    set_day(client, day(9))
    begin(client, interview_of(1), time_factor="1.5")
    assert Preference.objects.get().interview_on == day(9)
    assert Preference.objects.get().time_factor == 1.5
