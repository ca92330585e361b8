"""What becomes of a text that a button sends: it comes back as typed, refused, or in conflict."""

import pytest

from attempts.models import Answer
from tests.attempts.views.steps import TOTAL, fields, stored
from tests.factories import interview_of
from tests.plain_browser import HTMX, begin, visit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("headers", [None, HTMX])
@pytest.mark.parametrize(
    "button", ["Submit answer", "Skip", "Finish interview", "Question 2, not answered"]
)
def test_an_answer_that_is_too_long_stays_in_the_box(client, button, headers):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url()).press("Flag", text="Earlier.")
    long = "x" * 20_001
    address, data = page.data(button, text=long)
    response = client.post(address, data, headers=headers)
    assert response.status_code == 422
    again = type(page)(client, response, address)
    assert again.text == long
    assert "at most 20,000 characters; this one has 20001" in again.words
    assert 'aria-invalid="true"' in again.html
    assert stored(attempt) == ["Earlier.", ""]


def test_twenty_thousand_characters_are_taken_however_they_are_sent(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    text = "é\n" * 10_000
    visit(client, attempt.get_absolute_url()).press("Submit answer", text=text)
    assert stored(attempt)[0] == text


def test_a_too_long_answer_of_a_question_left_meanwhile_can_still_be_shortened(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url())
    client.post(f"/attempts/{attempt.pk}/go/2/")  # another tab
    again = page.press("Submit answer", text="x" * 20_001)
    assert again.status == 422
    assert again.text == "x" * 20_001
    assert "at most 20,000 characters" in again.words
    send = "Send again" if "Send again" in [b.name for b in again.buttons] else "Submit answer"
    again.press(send, text="Short.")
    assert stored(attempt) == ["Short.", ""]


@pytest.mark.parametrize("button", ["Submit answer", "Flag"])
def test_over_htmx_a_refused_text_never_takes_the_box_away(client, button):
    """htmx puts a 422 in place of its target: that may be the room with the text, or nothing."""
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url())
    client.post(f"/attempts/{attempt.pk}/go/2/")
    address, data = page.data(button, text="x" * 20_001)
    response = client.post(address, data, headers=HTMX)
    if response.status_code == 422:
        assert f"x{'x' * 20_000}</textarea>" in response.content.decode()
        assert 'id="room"' in response.content.decode()


def test_flagging_over_htmx_leaves_the_box_alone_whatever_it_holds(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url())
    address, data = page.data("Flag", text="x" * 20_001)
    response = client.post(address, data, headers=HTMX)
    assert response.status_code == 200
    assert 'id="navigator"' in response.content.decode()
    assert "textarea" not in response.content.decode()
    assert Answer.objects.filter(flagged=True).count() == 1
    assert stored(attempt) == ["", ""]


ROUND_TRIPS = {
    "newlines": "one\n\ntwo\n",
    "leading newline": "\n\n  indented",
    "tabs and trailing spaces": "\tif x:\n\t\treturn  \n  ",
    "html": "</textarea><script>alert(1)</script> &amp; <b>",
    "template syntax": "{{ 1 }} {% csrf_token %} {# c #}",
    "emoji": "👩‍💻 e\u0301 ﷽",
    "right to left": "שלום \u202eabc\u202c مرحبا",
    "line separators": "a\u2028b\u2029c\x85d\x0be\x0cf",
    "controls": "bell \x07 escape \x1b[31m \ufeff",
}


@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_a_text_comes_back_as_it_was_typed(client, name):
    text = ROUND_TRIPS[name]
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url()).press("Flag", text=text)
    assert page.text == text
    assert stored(attempt)[0] == text
    assert page.press("Flag").text == text


def test_conflicting_texts_are_both_shown_and_the_person_chooses(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    here, there = (visit(client, attempt.get_absolute_url()) for _ in range(2))
    there.press("Flag", text="From there.")
    page = here.press("Submit answer", text="From here.")
    assert page.status == 409
    assert page.text == "From here."
    assert "From there." in page.words
    page.press("Keep the text in the box")
    assert stored(attempt)[0] == "From here."
    kept = list(Answer.objects.get(attempt=attempt, position=1).kept_texts.values_list("text"))
    assert ("From there.",) in kept


@pytest.mark.parametrize("button", ["Flag", "Finish interview", "Skip", "Question 2, not answered"])
def test_a_conflict_is_said_whatever_was_pressed(client, button):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    here, there = (visit(client, attempt.get_absolute_url()) for _ in range(2))
    there.press("Submit answer", text="From there.")
    client.post(f"/attempts/{attempt.pk}/go/1/")
    page = here.press(button, text="From here.")
    assert (page.status, page.text) == (409, "From here.")
    assert "From there." in page.words


def test_a_conflict_on_a_question_left_meanwhile_is_shown_with_that_question(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    here, there = (visit(client, attempt.get_absolute_url()) for _ in range(2))
    there.press("Submit answer", text="From there.")
    page = here.press("Submit answer", text="From here.")
    assert (page.status, page.text, page.heading) == (409, "From here.", here.heading)
    page.press("Keep the text in the box")
    assert stored(attempt) == ["From here.", ""]


def test_taking_the_other_text_leaves_the_stored_one(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    here, there = (visit(client, attempt.get_absolute_url()) for _ in range(2))
    there.press("Flag", text="From there.")
    page = here.press("Flag", text="From here.")
    page = visit(client, page.link("Take this one"))
    assert page.text == "From there."
    assert stored(attempt)[0] == "From there."


def test_an_answer_without_its_text_field_is_refused_and_erases_nothing(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url()).press("Flag", text="Earlier.")
    sent = fields(page)
    del sent["text"]
    for name in ("submit", "skip", "save", "move", "flag", "finish"):
        data = {**sent, "go_to": "2", "flagged": "1"}
        response = client.post(f"/attempts/{attempt.pk}/{name}/", data)
        assert 400 <= response.status_code < 500, name
        assert stored(attempt) == ["Earlier.", ""], name


def test_a_stale_page_without_its_revision_overwrites_nothing(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    visit(client, attempt.get_absolute_url()).press("Flag", text="Earlier.")
    response = client.post(f"/attempts/{attempt.pk}/submit/", {"position": 1, "text": "Other."})
    assert response.status_code == 409
    assert stored(attempt) == ["Earlier.", ""]


def test_a_chosen_text_that_was_written_on_is_not_listed_beside_the_answer(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    here, there = (visit(client, attempt.get_absolute_url()) for _ in range(2))
    there.press("Flag", text="From there.")
    page = here.press("Flag", text="From here.")
    page = visit(client, page.link("Take this one"))
    assert page.text == "From there."
    page = page.press("Finish interview", text="From there. From here. And more.")
    result = page.press("Finish interview")
    kept = Answer.objects.get(attempt=attempt, position=1).kept_texts
    assert [each.text for each in kept.all()] == ["From here."]  # it stays in the table
    assert result.response.context["result"].row_at(1).kept_texts == []
    assert "not counted" not in result.words


def test_a_kept_text_with_words_of_its_own_is_listed(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    here, there = (visit(client, attempt.get_absolute_url()) for _ in range(2))
    there.press("Flag", text="From there.")
    page = visit(client, here.press("Flag", text="From here.").link("Take this one"))
    result = page.press("Finish interview", text="From there. More.").press("Finish interview")
    (kept,) = result.response.context["result"].row_at(1).kept_texts
    assert kept.text == "From here."
    assert "not counted: From here." in result.words
