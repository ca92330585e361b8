"""Notes, bookmarks, and prompts that somebody chose to see."""

import pytest

from attempts.models import MOST_NOTE, QuestionNote
from attempts.owners import GUEST_KEY, Owner
from questions.models import Status
from tests.attempts.views.questions.rows import answered, as_guest, secret_question
from tests.factories import QuestionFactory, UserFactory, published_question
from tests.plain_browser import HTMX, Page, logged_in, visit

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["user", "guest"])
def mine(request, client):
    """The client of somebody known, with their owner as `mine.me`."""
    if request.param == "guest":
        client.me = as_guest(client)
        return client
    user = UserFactory()
    client = logged_in(user)
    client.me = Owner(user_id=user.pk)
    return client


@pytest.fixture
def question():
    return secret_question()


def rows() -> list[tuple]:
    return list(QuestionNote.objects.values_list("note", "is_bookmarked", "shows_prompt"))


def note_of(owner) -> str:
    return QuestionNote.objects.owned_by(owner).get().note


def post_note(client, question, text, headers=None, **fields):
    return client.post(f"/questions/{question.pk}/note/", {"text": text, **fields}, headers=headers)


# --- notes --------------------------------------------------------------------------------------


def test_a_note_is_saved_and_there_again(mine, question):
    page = visit(mine, f"/questions/{question.pk}/").press("Save note", text="Mine: <b>é</b>\n\n 1")
    assert page.status == 200
    assert page.address == f"/questions/{question.pk}/?saved=note#note"
    assert "Saved." in page.words
    assert page.text == note_of(mine.me) == "Mine: <b>é</b>\n\n 1"
    page.press("Save note", text="Other.")
    assert note_of(mine.me) == "Other."
    visit(mine, f"/questions/{question.pk}/").press("Save note", text=" \n ")
    assert rows() == []


def test_a_visitor_who_keeps_something_becomes_a_guest(client, question):
    visit(client, f"/questions/{question.pk}/").press("Save note", text="Mine.")
    assert note_of(Owner(guest_key=client.session[GUEST_KEY])) == "Mine."


@pytest.mark.parametrize("thing", ["note", "bookmark", "prompt"])
def test_a_visitor_who_keeps_nothing_stays_unknown(client, question, thing):
    client.post(f"/questions/{question.pk}/{thing}/", {"text": " ", "yes": "0"})
    assert rows() == []
    assert GUEST_KEY not in client.session


def test_of_two_tabs_the_second_does_not_replace_the_note_unseen(mine, question):
    address = f"/questions/{question.pk}/"
    first, second = visit(mine, address), visit(mine, address)
    first.press("Save note", text="From the first tab.")
    answer = second.press("Save note", text="From the second tab.")
    assert answer.status == 409
    assert note_of(mine.me) == "From the first tab."
    assert answer.text == "From the second tab."
    assert "changed in another tab" in answer.words
    assert "From the first tab." in answer.words
    # Now that both were shown, what is in the box counts.
    again = answer.press("Save note", text="From the second tab, and from the first.")
    assert again.status == 200
    assert note_of(mine.me) == "From the second tab, and from the first."


def test_the_same_note_sent_twice_is_no_conflict(mine, question):
    page = visit(mine, f"/questions/{question.pk}/")
    assert page.press("Save note", text="One.").status == 200
    assert page.press("Save note", text="One.").status == 200


@pytest.mark.parametrize(
    ("before", "sent", "status", "words"),
    [
        ("", "Mine.", 200, "Saved."),
        ("Theirs.", "Mine.", 409, "changed in another tab"),
        ("", "x" * (MOST_NOTE + 1), 422, "at most 5,000 characters"),
    ],
)
def test_htmx_gets_what_became_of_it_and_never_the_box(mine, question, before, sent, status, words):
    if before:
        QuestionNote.objects.create(
            user_id=mine.me.user_id, guest_key=mine.me.guest_key, question=question, note=before
        )
    response = post_note(mine, question, sent, HTMX, based_on="")
    page = Page(mine, response)
    assert response.status_code == status
    assert words in page.words
    assert "<textarea" not in page.html
    assert 'name="based_on"' in page.html


@pytest.mark.parametrize("headers", [None, HTMX])
def test_a_note_that_is_too_long_stays_in_the_box(mine, question, headers):
    text = "a\n" * (MOST_NOTE // 2) + "b"
    response = post_note(mine, question, text, headers)
    assert response.status_code == 422
    assert rows() == []
    if headers is None:
        page = Page(mine, response)
        assert page.text == text
        assert "data-only-copy" in page.html
    assert post_note(mine, question, text[:-1], headers).status_code in (200, 302)
    assert len(note_of(mine.me)) == MOST_NOTE


def test_a_request_without_a_text_changes_nothing(mine, question):
    post_note(mine, question, "Mine.")
    response = mine.post(f"/questions/{question.pk}/note/", {"based_on": "x"})
    assert response.status_code == 422
    assert note_of(mine.me) == "Mine."


@pytest.mark.parametrize("text", ["\ud800", "a\0b", "\r\none\r\n", "{{ x }} <script>", "ê\u0301"])
def test_odd_characters_are_no_failure(mine, question, text):
    encoded = text.encode("utf-8", "surrogatepass")
    body = b"text=" + b"".join(b"%%%02X" % byte for byte in encoded)
    response = mine.post(
        f"/questions/{question.pk}/note/", body, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code in (302, 400)
    assert "<script>" not in visit(mine, f"/questions/{question.pk}/").html.split("note-text")[1]


@pytest.mark.parametrize("headers", [None, HTMX])
def test_a_page_of_somebody_who_was_logged_in_before_stores_nothing(question, headers):
    one, other = (logged_in(UserFactory()) for _ in range(2))
    data = visit(one, f"/questions/{question.pk}/").data("Save note", text="Private.")[1]
    response = other.post(f"/questions/{question.pk}/note/", data, headers=headers)
    assert response.status_code == 409
    assert rows() == []
    page = Page(other, response, f"/questions/{question.pk}/note/")
    assert "You have logged in or out" in page.words
    if headers is None:
        assert page.text == "Private."
        assert page.press("Save note").status == 200
        assert rows() == [("Private.", False, False)]


# --- bookmarks ----------------------------------------------------------------------------------


def pressed(page) -> list[str]:
    return [b.attributes["aria-pressed"] for b in page.buttons if "aria-pressed" in b.attributes]


def bookmark_of(page) -> str:
    return next(b.name for b in page.buttons if "aria-pressed" in b.attributes)


def test_a_bookmark_is_set_and_taken_away_where_one_is(mine, question):
    for address in (f"/questions/{question.pk}/", "/questions/?sort=topic"):
        page = visit(mine, address)
        assert pressed(page) == ["false"]
        there = page.press(bookmark_of(page))
        assert there.address.split("#")[0] == address
        assert pressed(there) == ["true"]
        assert rows() == [("", True, False)]
        assert pressed(there.press(bookmark_of(there))) == ["false"]
        assert rows() == []


def test_a_bookmark_set_twice_is_set(mine, question):
    page = visit(mine, f"/questions/{question.pk}/")
    for _ in range(2):
        page.press(bookmark_of(page))
    assert rows() == [("", True, False)]


def test_htmx_gets_the_button_as_it_is_now(mine, question):
    address = f"/questions/{question.pk}/bookmark/"
    data = {"yes": "1", "next": "/questions/#question-1"}
    page = Page(mine, mine.post(address, data, headers=HTMX))
    assert page.status == 200
    assert pressed(page) == ["true"]
    assert "<h1" not in page.html
    assert page.html.count("<form") == 1


# --- prompts ------------------------------------------------------------------------------------


def test_one_prompt_is_shown_and_hidden_again(mine, question):
    address = f"/questions/{question.pk}/"
    page = visit(mine, address).press("Show the prompt")
    assert page.heading == "How does xylophoneprompt work?"
    assert "xylophonepoint" not in page.html
    assert "xylophoneprompt" in visit(mine, "/questions/?q=xylophoneprompt").html
    assert page.press("Hide the prompt").heading == "Not asked yet"
    assert rows() == []


def test_one_prompt_is_shown_in_the_list(mine, question):
    other = secret_question("zeppelin")
    button = f"Show the prompt of question {question.pk}, {question.topic.name}"
    page = visit(mine, "/questions/?sort=topic").press(button)
    assert page.address == f"/questions/?sort=topic#question-{question.pk}"
    assert "xylophoneprompt" in page.html
    assert "zeppelin" not in page.html
    data = {"yes": "1", "next": "/questions/"}
    part = mine.post(f"/questions/{other.pk}/prompt/", data, headers=HTMX).content.decode()
    assert "zeppelinprompt" in part
    assert "xylophone" not in part
    assert part.count("<li") == 1


def test_all_prompts_are_shown_until_they_are_hidden_again(mine, question):
    page = visit(mine, "/questions/?sort=topic").press("Show all prompts")
    assert page.address == "/questions/?sort=topic"
    assert "xylophoneprompt" in page.html
    assert "xylophonebelow" in visit(mine, f"/questions/{question.pk}/").html
    assert "xylophoneprompt" in visit(mine, "/questions/?q=XYLOPHONEprompt").html
    assert rows() == []
    assert "xylophone" not in page.press("Hide all prompts").html


def test_what_is_shown_to_one_is_not_shown_to_another(mine, question):
    visit(mine, f"/questions/{question.pk}/").press("Show the prompt")
    visit(mine, "/questions/").press("Show all prompts")
    other = logged_in(UserFactory())
    for address in ("/questions/", f"/questions/{question.pk}/"):
        assert "xylophone" not in visit(other, address).html


def test_a_withdrawn_prompt_that_was_only_looked_at_is_hidden_with_its_later_words(mine, question):
    visit(mine, f"/questions/{question.pk}/").press("Show the prompt")
    post_note(mine, question, "Mine.")
    question.status = Status.RETIRED.value
    question.save()
    visit(mine, "/questions/")
    mine.post("/questions/prompts/", {"yes": "1"})
    page = visit(mine, f"/questions/{question.pk}/")
    assert page.text == "Mine."
    assert "xylophone" not in page.html


# --- what cannot be -----------------------------------------------------------------------------

THINGS = ["note", "bookmark", "prompt"]


@pytest.mark.parametrize("thing", THINGS)
def test_there_is_nothing_to_keep_beside_what_one_may_not_see(mine, thing):
    draft, retired = QuestionFactory(), published_question()
    answered(Owner(guest_key="somebody else"), retired)
    retired.status = Status.RETIRED.value
    retired.save()
    for pk in (draft.pk, retired.pk, 0, "9" * 400):
        for headers in (None, HTMX):
            data = {"text": "Mine.", "yes": "1"}
            reply = mine.post(f"/questions/{pk}/{thing}/", data, headers=headers)
            assert reply.status_code == 404
    assert rows() == []


@pytest.mark.parametrize("thing", THINGS)
def test_a_get_changes_nothing(mine, question, thing):
    assert mine.get(f"/questions/{question.pk}/{thing}/").status_code == 405
    assert mine.get("/questions/prompts/").status_code == 405


@pytest.mark.parametrize("yes", [None, "", "2", "yes"])
def test_a_request_that_says_neither_yes_nor_no_changes_nothing(mine, question, yes):
    data = {} if yes is None else {"yes": yes}
    for address in (f"{question.pk}/bookmark/", f"{question.pk}/prompt/", "prompts/"):
        assert mine.post(f"/questions/{address}", data).status_code == 400
    assert rows() == []


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example", "javascript:x", "", "-1", "a.b", "/" + 3000 * "x"],
)
def test_nobody_is_sent_to_another_site(mine, question, address):
    for place in (f"{question.pk}/bookmark/", f"{question.pk}/prompt/", "prompts/"):
        response = mine.post(f"/questions/{place}", {"yes": "1", "next": address})
        assert response.headers["Location"].startswith("/questions/")
