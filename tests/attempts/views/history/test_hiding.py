"""Hiding an attempt and showing it again, with and without scripts."""

from urllib.parse import parse_qs, urlsplit

import pytest

from attempts.models import Attempt
from tests.attempts.views.history.rows import said
from tests.factories import AnswerFactory, AttemptFactory
from tests.plain_browser import HTMX, visit

pytestmark = pytest.mark.django_db


def titles(client, address="/attempts/") -> list[str]:
    rows = client.get(address).context["history"].rows
    return [row.attempt.interview_title for row in rows]


def test_a_press_hides_it_and_another_shows_it_again(mine, user):
    said(user, "One.", days=1, interview_title="one")
    said(user, "Two.", days=2, interview_title="two", score="50")
    page = visit(mine, "/attempts/").press("Hide")
    assert titles(mine) == ["one"]
    assert "is hidden" in page.words
    assert page.response.context["history"].overview.interviews == []  # nor in the trend
    hidden = visit(mine, "/attempts/?hidden=1")
    assert titles(mine, "/attempts/?hidden=1") == ["two"]
    hidden.press("Show again")
    assert titles(mine) == ["two", "one"]


def test_it_comes_back_to_the_same_place_of_the_same_list(mine, user):
    for number in range(25):
        said(user, "A queue.", days=number, interview_title=f"{number}")
    page = visit(mine, "/attempts/?words=queue")
    address, data = page.data("Hide")
    response = mine.post(address, data)
    back = urlsplit(response.headers["Location"])
    assert back.path == "/attempts/"
    assert parse_qs(back.query)["words"] == ["queue"]
    assert titles(mine, response.headers["Location"]) == [
        f"{number}" for number in range(23, 4, -1)
    ]


def test_htmx_gets_a_row_with_the_way_back(mine, user):
    attempt = said(user, "One.")
    address = f"/attempts/{attempt.pk}/hide/"
    html = mine.post(address, {"hidden": "1"}, headers=HTMX).content.decode()
    assert html.strip().startswith("<tr")
    assert "Show again" in html
    assert "autofocus" in html
    assert 'name="hidden" value="0"' in html
    mine.post(address, {"hidden": "0"}, headers=HTMX)
    assert not Attempt.objects.get().is_hidden


@pytest.mark.parametrize(
    "back",
    ["https://example.org/", "//example.org", "x\r\nSet-Cookie: a=b", "&&==", "é", "x" * 5000],
)
def test_it_leads_nowhere_else(mine, user, back):
    attempt = said(user, "One.")
    response = mine.post(f"/attempts/{attempt.pk}/hide/", {"hidden": "1", "back": back})
    assert response.status_code == 302
    assert urlsplit(response.headers["Location"])[:3] == ("", "", "/attempts/")
    assert "Set-Cookie: a" not in response.headers["Location"]


@pytest.mark.parametrize("data", [{}, {"hidden": ""}, {"hidden": "2"}, {"hidden": "yes"}])
def test_what_does_not_say_whether_changes_nothing(mine, user, data):
    attempt = said(user, "One.", is_hidden=True)
    assert mine.post(f"/attempts/{attempt.pk}/hide/", data).status_code == 400
    assert Attempt.objects.get().is_hidden


def test_one_that_runs_stays_where_it_is(mine, user):
    attempt = AttemptFactory(user=user, untimed=True, limit=None, deadline_at=None)
    AnswerFactory(attempt=attempt, position=1)
    response = mine.post(f"/attempts/{attempt.pk}/hide/", {"hidden": "1"})
    assert response.headers["Location"] == attempt.get_absolute_url()
    assert not Attempt.objects.get().is_hidden


def test_a_hidden_attempt_is_still_there_at_its_address(mine, user):
    attempt = said(user, "One.", is_hidden=True)
    assert mine.get(attempt.get_absolute_url()).status_code == 200


def test_a_get_changes_nothing(mine, user):
    attempt = said(user, "One.")
    assert mine.get(f"/attempts/{attempt.pk}/hide/").status_code == 405
    assert not Attempt.objects.get().is_hidden
