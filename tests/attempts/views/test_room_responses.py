"""What the page's script learns of a text that a button sent along."""

import pytest

from tests.attempts.views.steps import BOTH, EACH, TOTAL, save, stored
from tests.factories import interview_of
from tests.plain_browser import begin, pass_time

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
BUTTONS = {"submit": {}, "skip": {}, "move": {"go_to": 2}, "finish": {}}


def press(client, attempt, button, text="é\r\nb", **more):
    values = {"position": 1, "revision": 0, "writer": "w", "sequence": 5, **BUTTONS.get(button, {})}
    data = {**values, **more, "text": text}
    return client.post(f"/attempts/{attempt.pk}/{button}/", data, headers=HTMX)


@pytest.mark.parametrize("button", BUTTONS)
def test_a_button_names_the_text_that_it_stored(client, button):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    assert press(client, attempt, button)["X-Have-Text"] == "w:5:3"
    assert stored(attempt)[0] == "é\nb"


@BOTH
@pytest.mark.parametrize("button", BUTTONS)
def test_a_button_names_no_text_that_it_refused(client, button, timing):
    attempt = begin(client, interview_of(2, timing=timing))
    assert "X-Have-Text" not in press(client, attempt, button, "x" * 20_001)
    assert stored(attempt) == ["", ""]


@pytest.mark.parametrize("button", ["submit", "skip", "finish"])
def test_a_button_names_a_text_that_it_kept(client, button):
    """Another page has stored one meanwhile, or time is up."""
    attempt = begin(client, interview_of(2, timing=TOTAL))
    save(client, attempt, "theirs", writer="v")
    conflict = press(client, attempt, button)
    assert (conflict.status_code, conflict["X-Have-Text"]) == (409, "w:5:3")
    pass_time(attempt.pk, 120 + 16)
    assert press(client, attempt, button, "later", sequence=6)["X-Have-Text"] == "w:6:5"
    assert attempt.answers.get(position=1).kept_texts.filter(text="later").exists()


def test_the_last_submit_names_its_text_while_it_leads_to_the_result(client):
    attempt = begin(client, interview_of(1, timing=EACH))
    response = press(client, attempt, "submit")
    assert response["HX-Redirect"] == f"/attempts/{attempt.pk}/review/"
    assert response["X-Have-Text"] == "w:5:3"


def test_more_time_names_the_text_only_where_it_stores_it(client):
    attempt = begin(client, interview_of(2, timing=EACH))
    pass_time(attempt.pk, 50)
    assert "X-Have-Text" not in press(client, attempt, "more-time", extend=1)
    press(client, attempt, "submit", sequence=6)
    pass_time(attempt.pk, 50)
    changed = press(client, attempt, "more-time", position=1, extend=2, sequence=7)
    assert changed["X-Have-Text"] == "w:7:3"
