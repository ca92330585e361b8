"""A refused text is handed back to its writer, on a page from which it can be sent again."""

import pytest
from django.test import Client

from attempts.models import Answer
from questions.models import Timing
from tests.factories import interview_of
from tests.plain_browser import HTMX, SCRIPT, Page, begin, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict():
    """A browser that is asked for its CSRF token."""
    return Client(enforce_csrf_checks=True)


def open_question(client) -> Page:
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    return visit(client, attempt.get_absolute_url())


def test_hazard_20_an_outdated_token_hands_the_text_back_and_it_can_be_sent_again(strict):
    page = open_question(strict)
    del strict.cookies["csrftoken"]
    back = page.press("Submit answer", text="\n Typed\nlong ago. ")
    assert back.status == 403
    assert back.text == "\n Typed\nlong ago. "
    after = back.press("Send again")
    assert (after.status, after.address) == (200, page.address)
    assert Answer.objects.get(position=1).text == "\n Typed\nlong ago. "


@pytest.mark.parametrize("button", ["Flag", "Question 2, not answered", "5 more minutes"])
def test_sending_again_does_what_was_pressed(strict, button):
    page = open_question(strict)
    del strict.cookies["csrftoken"]
    after = page.press(button, text="Typed.").press("Send again")
    assert after.status == 200
    answer = Answer.objects.get(position=1)
    assert answer.text == "Typed."
    assert answer.flagged is (button == "Flag")
    assert bool(answer.attempt.added_times.count()) is (button == "5 more minutes")
    assert ("Question 2 of 2" in after.words) is (button == "Question 2, not answered")


def test_a_form_without_a_text_cannot_be_sent_from_the_page(strict):
    address = interview_of(1).get_absolute_url()
    page = Page(strict, strict.post(address), address)
    assert page.status == 403
    assert page.response.context["text"] is None
    assert not any(form.action == address for form in page.forms)
    assert page.link("All interviews") == "/"


@pytest.mark.parametrize("headers", [HTMX, SCRIPT])
def test_a_page_script_gets_a_short_refusal(strict, headers):
    page = open_question(strict)
    del strict.cookies["csrftoken"]
    address, data = page.data("Submit answer", text="Typed.")
    response = strict.post(address, data, headers=headers)
    assert response.status_code == 403
    assert "<html" not in response.content.decode()


def test_what_is_handed_back_is_text(strict):
    page = open_question(strict)
    del strict.cookies["csrftoken"]
    text = "</textarea><script>alert(1)</script>"
    address, data = page.data("Submit answer", text=text)
    data["writer"] = ['"><script>alert(2)</script>']
    back = Page(strict, strict.post(address, data), address)
    assert back.text == text
    assert "<script>alert" not in back.html


def test_hazard_39_a_refused_save_is_logged_without_its_text(client, caplog):
    page = open_question(client)
    text = "A private thought. " * 1_100
    page.press("Submit answer", text=text)
    client.post("/attempts/return/", {"pass": "a token", "text": text})
    client.post("/accounts/login/", {"login": "a@example.org", "password": "hunter2"})
    assert "private thought" not in caplog.text
    assert "hunter2" not in caplog.text
    assert "a token" not in caplog.text
