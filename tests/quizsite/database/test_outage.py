"""A database that is away: what people, scripts and the log learn about it."""

import pytest
from django.db import connection

from attempts.models import Answer
from questions.models import Timing
from tests.factories import interview_of
from tests.plain_browser import HTMX, SCRIPT, begin, visit

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_person_gets_a_page_in_words(client, away):
    away()
    page = visit(client, "/")
    assert page.status == 503
    assert page.response.templates[0].name == "503.html"
    assert page.heading
    assert page.link("All interviews") == "/"


def test_the_headers_say_when_to_try_again(client, away):
    away()
    reply = client.get("/")
    assert reply.headers["Retry-After"] == "60"
    assert "no-store" in reply.headers["Cache-Control"]
    assert "Content-Security-Policy" in reply.headers


@pytest.mark.parametrize("headers", [HTMX, SCRIPT])
def test_a_page_script_gets_a_line_and_the_text_stays_out_of_the_log(client, away, headers, caplog):
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    page = visit(client, attempt.get_absolute_url())
    address, data = page.data("Submit answer", text="A private thought")
    away()
    reply = client.post(address, data, headers=headers)
    assert reply.status_code == 503
    assert len(reply.content.splitlines()) == 1
    assert len(caplog.messages) == 1
    assert "terminating connection" in caplog.text
    assert "private" not in caplog.text
    assert "Traceback" not in caplog.text
    connection.close()
    assert Answer.objects.get(position=1).text == ""
