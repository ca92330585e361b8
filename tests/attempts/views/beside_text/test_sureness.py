"""Saying how sure one is of an answer, in the room and on the page before the end."""

import pytest

from attempts.models import Answer
from tests.attempts.views.steps import BOTH, EACH, TOTAL, fields, save, stored
from tests.factories import UserFactory, interview_of
from tests.plain_browser import HTMX, begin, logged_in, visit

pytestmark = pytest.mark.django_db
NAMES = ["Not sure", "Fairly sure", "Sure"]


def said(attempt) -> list[int | None]:
    return list(Answer.objects.filter(attempt=attempt).values_list("sureness", flat=True))


def pressed(page) -> list[str]:
    named = [button for button in page.buttons if button.name in NAMES]
    return [b.name for b in named if b.attributes["aria-pressed"] == "true"]


@BOTH
@pytest.mark.parametrize(("name", "value"), [("Not sure", 1), ("Fairly sure", 2), ("Sure", 3)])
def test_without_javascript_it_is_said_with_the_text(client, timing, name, value):
    attempt = begin(client, interview_of(2, timing=timing))

    page = visit(client, attempt.get_absolute_url()).press(name, text="Mine.")

    assert said(attempt) == [value, None]
    assert stored(attempt) == ["Mine.", ""]
    assert (page.text, pressed(page)) == ("Mine.", [name])


@BOTH
def test_pressing_it_again_takes_it_back(client, timing):
    attempt = begin(client, interview_of(1, timing=timing))
    page = visit(client, attempt.get_absolute_url()).press("Sure").press("Sure")
    assert (said(attempt), pressed(page)) == ([None], [])


@BOTH
def test_nothing_is_said_unasked(client, timing):
    attempt = begin(client, interview_of(2, timing=timing))
    page = visit(client, attempt.get_absolute_url())
    assert pressed(page) == []
    page.press("Submit answer", text="Mine.")
    assert said(attempt) == [None, None]


@BOTH
def test_over_htmx_the_box_is_left_alone_whatever_it_holds(client, timing):
    attempt = begin(client, interview_of(2, timing=timing))
    save(client, attempt, "stored")
    sent = fields(visit(client, attempt.get_absolute_url()), text="x" * 20_001)

    response = client.post(
        f"/attempts/{attempt.pk}/sureness/1/", {**sent, "sureness": "2"}, headers=HTMX
    )

    assert response.status_code == 200
    assert (said(attempt), stored(attempt)) == ([2, None], ["stored", ""])
    html = response.content.decode()
    assert 'id="sureness-1"' in html
    assert "textarea" not in html


def test_a_press_that_comes_after_the_bell_changes_nothing_on_the_next_page(client):
    attempt = begin(client, interview_of(2, timing=EACH))
    client.post(f"/attempts/{attempt.pk}/submit/", {"position": 1, "text": "One."})
    response = client.post(f"/attempts/{attempt.pk}/sureness/1/", {"sureness": "3"}, headers=HTMX)
    assert (response.status_code, response.content) == (204, b"")
    assert said(attempt) == [None, None]


@pytest.mark.parametrize("sureness", ["4", "-1", "x", "9" * 400, None])
def test_anything_else_is_refused_and_the_text_stays_in_the_box(client, sureness):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    sent = {} if sureness is None else {"sureness": sureness}
    data = fields(visit(client, attempt.get_absolute_url()), text="Mine.") | sent
    response = client.post(f"/attempts/{attempt.pk}/sureness/1/", data)
    assert response.status_code == 422
    assert "Mine." in response.content.decode()
    assert said(attempt) == [None, None]


def test_a_conflict_is_shown_and_what_was_said_is_stored(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    data = fields(visit(client, attempt.get_absolute_url()), text="from here")
    save(client, attempt, "from there", writer="phone")
    response = client.post(f"/attempts/{attempt.pk}/sureness/1/", {**data, "sureness": "1"})
    assert response.status_code == 409
    assert said(attempt) == [1, None]


def test_a_text_that_is_too_long_comes_back_in_the_box(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    data = fields(visit(client, attempt.get_absolute_url()), text="x" * 20_001)
    response = client.post(f"/attempts/{attempt.pk}/sureness/1/", {**data, "sureness": "1"})
    assert response.status_code == 422
    assert said(attempt) == [None, None]


def test_before_the_end_it_is_said_of_each_answer(client):
    attempt = begin(client, interview_of(3, timing=TOTAL))
    for position in (1, 3):
        save(client, attempt, "Mine.", position=position)
    address = f"/attempts/{attempt.pk}/finish/"
    page = visit(client, address)
    assert [button.name for button in page.buttons].count("Sure") == 2  # of what was answered

    page = page.press("Sure")

    assert page.address.startswith(address)
    assert said(attempt) == [3, None, None]
    assert pressed(page) == ["Sure"]


def test_with_per_question_timing_the_page_before_the_end_does_not_ask(client):
    attempt = begin(client, interview_of(3, timing=EACH))
    client.post(f"/attempts/{attempt.pk}/submit/", {"position": 1, "text": "One."})
    page = visit(client, f"/attempts/{attempt.pk}/finish/")
    assert "Sure" not in [button.name for button in page.buttons]


@BOTH
def test_a_stranger_says_nothing(client, timing):
    attempt = begin(client, interview_of(2, timing=timing))
    address = f"/attempts/{attempt.pk}/sureness/1/"
    response = logged_in(UserFactory()).post(address, {"sureness": "3"})
    assert response.status_code == 404
    assert client.get(address).status_code == 405
    assert client.post(f"/attempts/{attempt.pk}/sureness/9/", {"sureness": "3"}).status_code == 404
    assert said(attempt) == [None, None]


def test_after_the_end_it_leads_to_the_result(client):
    attempt = begin(client, interview_of(1, timing=TOTAL))
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    response = client.post(f"/attempts/{attempt.pk}/sureness/1/", {"sureness": "3"})
    assert response.status_code == 302
    assert "/review/" in response["Location"]
    assert said(attempt) == [None]
