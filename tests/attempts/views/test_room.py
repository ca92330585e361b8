"""The room as a browser without JavaScript, and as htmx, has it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from attempts.models import Answer, Attempt
from questions.models import Question, Timing
from tests.factories import VersionFactory, interview_of
from tests.plain_browser import HTMX, begin, pass_time, visit

pytestmark = pytest.mark.django_db

TOTAL, EACH = Timing.TOTAL.value, Timing.PER_QUESTION.value


def texts(attempt) -> list[str]:
    return list(Answer.objects.filter(attempt=attempt).values_list("text", flat=True))


def fields(page, **typed) -> dict:
    """What "Submit answer" would send."""
    return page.data("Submit answer", **typed)[1]


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_an_interview_from_start_to_score_without_javascript(client, timing):
    interview = interview_of(3, timing=timing)
    page = visit(client, interview.get_absolute_url()).press("Start interview")
    first = page.heading
    page = page.press("Submit answer", text="One.\nTwo.")
    assert page.heading != first
    page = page.press("Skip")
    if timing == EACH:
        page = page.press("Submit answer", text="Three.")
    else:
        page = page.press("Submit answer", text="Three.").press("Finish interview")
        assert "1 question has no answer yet" in page.words
        page = page.press("Finish interview")
    assert page.address.endswith("/review/")
    assert page.heading == "Comparing your answers…"
    page = page.press("Save ticks", points=["0"])
    assert "Provisional, 2 of 3 scored" in page.words
    assert Attempt.objects.get().score.to_eng_string() == "16.67"
    assert texts(Attempt.objects.get()) == ["One.\nTwo.", "", "Three."]


def test_each_post_is_answered_by_a_redirect(client):
    attempt = begin(client, interview_of(3, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url())
    for button in ("Submit answer", "Skip", "Flag", "Question 2, not answered"):
        address, data = page.data(button)
        response = client.post(address, data)
        assert (response.status_code, response.headers["Location"]) == (302, page.address), button


def test_htmx_gets_the_room_alone_and_caches_know(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    for headers, whole in ((None, True), (HTMX, False)):
        response = client.get(attempt.get_absolute_url(), headers=headers)
        assert ("<!doctype html>" in response.content.decode()) is whole
        assert 'id="room"' in response.content.decode()
        assert "HX-Request" in response.headers["Vary"]
        assert "no-store" in response.headers["Cache-Control"]


def test_htmx_submits_and_gets_the_next_question(client):
    attempt = begin(client, interview_of(2, timing=EACH))
    page = visit(client, attempt.get_absolute_url())
    address, data = page.data("Submit answer", text="Mine.")
    response = client.post(address, data, headers=HTMX)
    assert response.status_code == 200
    assert 'data-position="2"' in response.content.decode()
    assert "<html" not in response.content.decode()


def test_htmx_is_sent_on_when_the_attempt_has_ended(client):
    attempt = begin(client, interview_of(1, timing=EACH))
    page = visit(client, attempt.get_absolute_url())
    address, data = page.data("Submit answer", text="Mine.")
    response = client.post(address, data, headers=HTMX)
    review = Attempt.objects.get().get_absolute_url()
    assert response.headers["HX-Redirect"] == review
    for name in ("submit", "skip", "flag", "move", "finish", "more-time"):
        again = client.post(f"/attempts/{attempt.pk}/{name}/", {**data, "go_to": 1}, headers=HTMX)
        if name == "flag":
            again = client.post(
                f"/attempts/{attempt.pk}/{name}/", {**data, "flagged": 1}, headers=HTMX
            )
        if name == "more-time":
            again = client.post(f"/attempts/{attempt.pk}/{name}/", {"extend": 1}, headers=HTMX)
        assert again.headers.get("HX-Redirect") == review, name


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
    assert texts(attempt) == ["Earlier.", ""]


def test_twenty_thousand_characters_are_taken_however_they_are_sent(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    text = "é\n" * 10_000
    visit(client, attempt.get_absolute_url()).press("Submit answer", text=text)
    assert texts(attempt)[0] == text


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
    assert texts(attempt) == ["Short.", ""]


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
    assert texts(attempt) == ["", ""]


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
    assert texts(attempt)[0] == text
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
    assert texts(attempt)[0] == "From here."
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
    assert texts(attempt) == ["From here.", ""]


def test_taking_the_other_text_leaves_the_stored_one(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    here, there = (visit(client, attempt.get_absolute_url()) for _ in range(2))
    there.press("Flag", text="From there.")
    page = here.press("Flag", text="From here.")
    page = visit(client, page.link("Take this one"))
    assert page.text == "From there."
    assert texts(attempt)[0] == "From there."


def test_an_answer_without_its_text_field_is_refused_and_erases_nothing(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url()).press("Flag", text="Earlier.")
    sent = fields(page)
    del sent["text"]
    for name in ("submit", "skip", "save", "move", "flag", "finish"):
        data = {**sent, "go_to": "2", "flagged": "1"}
        response = client.post(f"/attempts/{attempt.pk}/{name}/", data)
        assert 400 <= response.status_code < 500, name
        assert texts(attempt) == ["Earlier.", ""], name


def test_a_stale_page_without_its_revision_overwrites_nothing(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    visit(client, attempt.get_absolute_url()).press("Flag", text="Earlier.")
    response = client.post(f"/attempts/{attempt.pk}/submit/", {"position": 1, "text": "Other."})
    assert response.status_code == 409
    assert texts(attempt) == ["Earlier.", ""]


NUMBERS = ["", "0", "-1", "1.5", "x", "99", "32768", "2147483648", "9" * 400, "9" * 5000, "٣", "\0"]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("name", ["position", "revision", "sequence", "go_to", "flagged", "writer"])
def test_numbers_out_of_range_are_refused_not_failed(client, name, number):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    sent = {**fields(visit(client, attempt.get_absolute_url()), text="Mine.")}
    data = {**sent, "go_to": "2", "flagged": "1", name: number}
    for action in ("submit", "skip", "save", "move", "flag", "finish"):
        response = client.post(f"/attempts/{attempt.pk}/{action}/", data)
        assert response.status_code < 500, action
        if name == "position":
            assert response.status_code >= 400 or number == "٣", action


@pytest.mark.parametrize("number", ["0", "3", "99999", "9" * 400, "9" * 5000])
def test_addresses_with_numbers_out_of_range_lead_nowhere(client, number):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    assert client.post(f"/attempts/{attempt.pk}/go/{number}/").status_code == 404
    assert client.post(f"/attempts/{attempt.pk}/review/{number}/").status_code in (302, 404)
    assert client.post(
        f"/attempts/{attempt.pk}/review/{number}/", {"points": number}
    ).status_code in (302, 400, 404)


def test_forward_only_has_no_way_back(client):
    attempt = begin(client, interview_of(3, timing=EACH))
    page = visit(client, attempt.get_absolute_url()).press("Submit answer", text="One.")
    assert "Question 1, answered" not in [button.name for button in page.buttons]
    response = client.post(f"/attempts/{attempt.pk}/go/1/")
    assert response.headers["Location"] == page.address
    sent = {**fields(page, text="Two."), "go_to": "1"}
    response = client.post(f"/attempts/{attempt.pk}/move/", sent)
    assert response.headers["Location"] == page.address
    assert visit(client, page.address).heading == page.heading


def test_back_and_submit_again_changes_nothing_that_was_handed_in(client):
    attempt = begin(client, interview_of(2, timing=EACH))
    first = visit(client, attempt.get_absolute_url())
    second = first.press("Submit answer", text="One.")
    page = first.press("Submit answer", text="One, changed.")
    assert page.heading == second.heading
    assert texts(attempt) == ["One.", ""]
    kept = Answer.objects.get(attempt=attempt, position=1).kept_texts.get()
    assert (kept.source, kept.text) == ("late", "One, changed.")


def test_a_post_to_a_finished_attempt_leads_to_its_result_and_keeps_the_text(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url())
    page.press("Finish interview", text="In time.").press("Finish interview")
    before = list(Attempt.objects.values())
    late = page.press("Submit answer", text="Too late.")
    assert late.address == Attempt.objects.get().get_absolute_url()
    assert "Too late." in late.words
    assert "Typed after time, not counted" in late.words
    assert texts(attempt) == ["In time.", ""]
    assert list(Attempt.objects.values()) == before


def test_the_room_of_an_ended_attempt_leads_to_the_result_and_back(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    review = f"/attempts/{attempt.pk}/review/"
    assert client.get(review).headers["Location"] == attempt.get_absolute_url()
    pass_time(attempt.pk, 1000)
    assert client.get(attempt.get_absolute_url()).headers["Location"] == review
    assert client.get(attempt.get_absolute_url(), headers=HTMX).headers["HX-Redirect"] == review


def test_when_its_time_is_up_a_question_gives_way_to_the_next(client):
    attempt = begin(client, interview_of(3, timing=EACH, seconds_each=60))
    first = visit(client, attempt.get_absolute_url())
    pass_time(attempt.pk, 70)
    page = visit(client, attempt.get_absolute_url())
    assert page.heading != first.heading
    assert "Time ran out on question 1" in page.words
    late = first.press("Submit answer", text="Within the grace.")
    assert late.heading == page.heading
    assert texts(attempt) == ["Within the grace.", "", ""]


def test_a_retired_or_edited_question_stays_as_it_was_asked(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    page = visit(client, attempt.get_absolute_url())
    asked = page.heading
    for question in Question.objects.all():
        question.current_version = VersionFactory(question=question, number=2, prompt="Changed?")
        question.status = "retired"
        question.save()
    page = visit(client, page.address)
    assert page.heading == asked
    page = page.press("Finish interview", text="Mine.").press("Finish interview")
    assert asked in page.words
    assert "Changed?" not in page.words
    assert "This question has been changed since you were asked it" in page.words


def test_the_page_of_a_guest_finds_its_way_back_when_the_cookie_is_gone(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    response = client.get(attempt.get_absolute_url())
    token = response.context["guest_pass"]
    other = Client()
    assert other.post("/attempts/return/", {"pass": token}).status_code == 204
    assert other.get(attempt.get_absolute_url()).status_code == 200
    for wrong in ("", "x", token[:-1], token + "x", "\0"):
        stranger = Client()
        assert stranger.post("/attempts/return/", {"pass": wrong}).status_code == 403
        assert stranger.get(attempt.get_absolute_url()).status_code == 404


def test_the_pass_is_for_guests_only(client):
    client.force_login(
        User.objects.create(username="u"), "django.contrib.auth.backends.ModelBackend"
    )
    attempt = begin(client, interview_of(2, timing=TOTAL))
    assert client.get(attempt.get_absolute_url()).context["guest_pass"] == ""


# --- autosave ---------------------------------------------------------------------------------


def save(client, attempt, text, **data):
    sent = {"position": 1, "revision": 0, "writer": "w", "sequence": 1, "cause": "auto", **data}
    return client.post(f"/attempts/{attempt.pk}/save/", {**sent, "text": text})


def test_a_save_says_what_became_of_the_text(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    said = {"running": True, "open": True}
    assert save(client, attempt, "A").json() == {"verdict": "accepted", "revision": 1, **said}
    assert save(client, attempt, "A").json() == {"verdict": "already", "revision": 1, **said}
    stored = {"stored": "A"}
    emptied = save(client, attempt, " ", revision=1, sequence=2)
    assert emptied.json() == {"verdict": "not-emptied", "revision": 1, **said, **stored}
    other = save(client, attempt, "B", writer="v")
    assert other.status_code == 409
    assert other.json() == {"verdict": "conflict", "revision": 1, **said, **stored}


def test_a_late_save_is_said_to_be_late(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    pass_time(attempt.pk, 120 + 16)
    late = save(client, attempt, "A")
    assert late.status_code == 410
    assert (late.json()["verdict"], late.json()["running"]) == ("late", False)


def test_a_save_that_is_too_long_says_so_and_keeps_the_earlier_text(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    save(client, attempt, "A")
    refused = save(client, attempt, "x" * 20_001, revision=1, sequence=2)
    assert refused.status_code == 422
    assert "at most 20,000 characters" in refused.json()["message"]
    assert texts(attempt) == ["A", ""]


def test_a_save_by_get_is_refused(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    for name in ("save", "submit", "skip", "move", "flag", "more-time", "outage"):
        assert client.get(f"/attempts/{attempt.pk}/{name}/").status_code == 405
