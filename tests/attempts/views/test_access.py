"""Only the owner of an attempt finds anything at its addresses."""

from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from attempts import urls
from attempts.models import AddedTime, Answer, Attempt, KeptText, SaidHere
from questions.models import Timing
from tests.factories import UserFactory, VersionFactory, interview_of
from tests.plain_browser import HTMX, SCRIPT, begin, logged_in, pass_time, visit

pytestmark = pytest.mark.django_db

OF_AN_ATTEMPT = [
    pattern.name for pattern in urls.urlpatterns if "<uuid:pk>" in str(pattern.pattern)
]
FULL = {
    "position": "1",
    "text": "Not theirs.",
    "revision": "1",
    "writer": "w",
    "sequence": "9",
    "cause": "chosen",
    "go_to": "2",
    "flagged": "1",
    "extend": "1",
    "seconds": "30",
    "confirmed": "1",
    "points": ["0"],
    "words": "secret",
}


def address(name, pk) -> str:
    route = next(str(p.pattern) for p in urls.urlpatterns if p.name == name)
    filled = route.replace("<uuid:pk>", str(pk)).replace("<int:position>", "1")
    return "/attempts/" + filled.replace("<int:point>", "0")


def theirs(owner: Client, *, ended: bool) -> Attempt:
    attempt = begin(owner, interview_of(2, timing=Timing.TOTAL.value))
    visit(owner, attempt.get_absolute_url()).press("Flag", text="A secret of theirs.")
    if ended:
        owner.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
        owner.post(f"/attempts/{attempt.pk}/review/1/", {"points": ["0"]})
    return attempt


def facts():
    models = (Attempt, Answer, AddedTime, KeptText, SaidHere)
    return [list(model.objects.order_by("pk").values()) for model in models]


def a_guest() -> Client:
    client = Client()
    attempt = begin(client, interview_of(1, timing=Timing.TOTAL.value))
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    return client


STRANGERS = {
    "a visitor": Client,
    "another user": lambda: logged_in(UserFactory()),
    "another guest": a_guest,
    "staff": lambda: logged_in(UserFactory(is_staff=True)),
}
OWNERS = {"a user": lambda: logged_in(UserFactory()), "a guest": Client}


def test_every_address_is_of_one_attempt_and_walked_below_or_known():
    names = set(get_resolver("attempts.urls").reverse_dict) - set(OF_AN_ATTEMPT)
    assert {name for name in names if isinstance(name, str)} == {
        *("history", "return", "whose", "forget", "delete_all", "download")
    }
    assert len(OF_AN_ATTEMPT) >= 14
    assert all("<" not in address(name, 1) for name in OF_AN_ATTEMPT)


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("stranger", STRANGERS)
def test_hazard_18_to_a_stranger_an_attempt_does_not_exist(stranger, owner, ended):
    attempt = theirs(OWNERS[owner](), ended=ended)
    client = STRANGERS[stranger]()
    before = facts()
    for name in OF_AN_ATTEMPT:
        for headers in (None, HTMX, SCRIPT):
            place = address(name, attempt.pk)
            for send in (
                partial(client.get, place),
                partial(client.post, place),
                partial(client.post, place, FULL),
            ):
                response = send(headers=headers)
                assert response.status_code in (400, 401, 404, 405, 422), (name, headers)
                said = response.content.decode() + str(response.headers)
                assert "A secret of theirs." not in said
                assert attempt.interview_title not in said
                assert "The first idea." not in said
    assert facts() == before
    assert "A secret of theirs." not in visit(client, "/attempts/").words


@pytest.mark.parametrize("stranger", STRANGERS)
def test_an_attempt_of_others_and_one_that_never_was_look_the_same(stranger):
    attempt, client = theirs(Client(), ended=True), STRANGERS[stranger]()
    never = "00000000-0000-4000-8000-000000000000"
    for name in OF_AN_ATTEMPT:
        for method in ("get", "post"):
            answers = []
            for pk in (str(attempt.pk), never):
                response = getattr(client, method)(address(name, pk))
                answers.append((response.status_code, response.content.decode().replace(pk, "")))
            assert answers[0][0] == answers[1][0], name


@pytest.mark.parametrize("headers", [HTMX, SCRIPT])
def test_hazard_17_a_page_whose_login_is_gone_gets_a_401(headers):
    owner = logged_in(UserFactory())
    attempt = theirs(owner, ended=False)
    owner.logout()
    for name in OF_AN_ATTEMPT:
        response = owner.post(address(name, attempt.pk), FULL, headers=headers)
        assert response.status_code in (401, 405), name
        assert "<textarea" not in response.content.decode()


@pytest.mark.parametrize("name", ["submit", "skip", "move", "flag", "finish", "more_time"])
def test_hazard_17_a_form_whose_login_is_gone_gets_its_text_back_and_can_be_sent_again(name):
    user = UserFactory()
    client = logged_in(user)
    attempt = theirs(client, ended=False)
    page = visit(client, attempt.get_absolute_url())
    sent = page.data("Submit answer", text="\nTyped\nmeanwhile. ")[1]
    extra = {"go_to": "2", "flagged": "0", "extend": "1"}
    client.logout()
    response = client.post(address(name, attempt.pk), {**sent, **extra})
    back = type(page)(client, response, address(name, attempt.pk))
    assert response.status_code == 401
    assert back.link("Log in (opens a new tab)") == "/accounts/login/"
    assert back.text == "\nTyped\nmeanwhile. "
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    assert back.press("Send again").status == 200
    assert Answer.objects.get(attempt=attempt, position=1).text == "\nTyped\nmeanwhile. "


def test_a_text_sent_under_another_login_comes_back():
    owner = Client()
    attempt = theirs(owner, ended=False)
    page = visit(owner, attempt.get_absolute_url())
    place, sent = page.data("Submit answer", text="Typed meanwhile.")
    stranger = logged_in(UserFactory())
    back = type(page)(stranger, stranger.post(place, sent), place)
    assert (back.status, back.text) == (404, "Typed meanwhile.")
    assert back.response.context["is_of_another_account"]


def test_a_visitor_is_told_how_to_get_back():
    attempt = theirs(logged_in(UserFactory()), ended=True)
    page = visit(Client(), attempt.get_absolute_url())
    assert page.status == 404
    assert page.link("log in") == f"/accounts/login/?next={attempt.get_absolute_url()}"


def test_hazard_21_nothing_of_the_answers_shows_before_the_end():
    secret = {
        "answer": "SECRET model",
        "how_to_answer": "SECRET advice",
        "example_answer": "SECRET example",
        "key_points": ["SECRET point one", "SECRET point two"],
    }
    for timing in Timing:
        interview = interview_of(3, timing=timing.value)
        _replace_texts(interview, secret)
        client = Client()  # today's page shows points that an earlier attempt has missed
        attempt = begin(client, interview)
        said = []
        for name in OF_AN_ATTEMPT:
            if name in ("finish", "discard", "delete"):
                continue
            for headers in (None, HTMX, SCRIPT):
                for data in (None, {}, FULL, {"points": ["99"]}, {**FULL, "text": "x" * 20_001}):
                    place = address(name, attempt.pk)
                    response = (
                        client.get(place, headers=headers)
                        if data is None
                        else client.post(place, data, headers=headers)
                    )
                    said.append(response.content.decode() + str(response.headers))
        leaving = [f"/attempts/{attempt.pk}/{place}/" for place in ("finish", "discard", "delete")]
        places = ("/", "/attempts/", interview.get_absolute_url(), *leaving)
        said.extend(client.get(place).content.decode() for place in places)
        assert Attempt.objects.get(pk=attempt.pk).is_running
        assert "SECRET" not in "".join(said)
        client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
        assert "SECRET model" in client.get(f"/attempts/{attempt.pk}/review/").content.decode()


def _replace_texts(interview, texts) -> None:
    for slot in interview.slots.all():
        question = slot.question
        question.current_version = VersionFactory(question=question, number=2, **texts)
        question.save()


def test_hazard_04_fields_that_are_the_servers_are_ignored(client):
    user = UserFactory()
    forged = {
        "deadline": "2999-01-01",
        "deadline_at": "2999-01-01T00:00:00Z",
        "started": "2999-01-01",
        "started_at": "2999-01-01T00:00:00Z",
        "minutes": "600",
        "limit": "36000",
        "score": "100",
        "share": "1",
        "user": str(user.pk),
        "user_id": str(user.pk),
        "guest_key": "mine",
        "state": "submitted",
        "finished_at": "2999-01-01",
        "untimed": "1",
        "seed": "1",
        "number": "9",
        "confirmed_points": "1",
    }
    interview = interview_of(2, timing=Timing.TOTAL.value, seconds_each=60)
    client.post(interview.get_absolute_url(), forged)
    attempt = Attempt.objects.get()
    kept = (
        "limit",
        "deadline_at",
        "started_at",
        "user_id",
        "guest_key",
        "untimed",
        "seed",
        "number",
    )
    before = {name: getattr(attempt, name) for name in kept}
    assert before["limit"].total_seconds() == 120
    assert (before["user_id"], before["untimed"], before["number"]) == (None, False, 1)
    sent = {**forged, "position": "1", "text": "Mine.", "flagged": "1", "go_to": "2"}
    for name in ("save", "submit", "skip", "move", "flag", "go", "finish", "outage"):
        client.post(address(name, attempt.pk), sent)
        attempt.refresh_from_db()
        assert {name: getattr(attempt, name) for name in kept} == before, name
        assert (attempt.state, attempt.score) == ("running", None)
    pass_time(attempt.pk, 1000)
    client.get(address("room", attempt.pk))
    client.post(address("mark", attempt.pk), {**forged, "points": ["0"]})
    attempt.refresh_from_db()
    assert (attempt.state, attempt.score) == ("expired", 25)


@pytest.mark.parametrize("timing", [Timing.TOTAL.value, Timing.PER_QUESTION.value])
def test_no_page_of_a_candidate_reads_phrasings_because_they_are_long(client, timing):
    interview = interview_of(2, timing=timing)
    with CaptureQueriesContext(connection) as captured:
        attempt = begin(client, interview)
        at = attempt.get_absolute_url()
        for _ in range(2):
            visit(client, at).press("Submit answer", text="Mine.")
            visit(client, "/")
        client.post(f"{at}finish/", {"confirmed": "1"})
        Answer.objects.update(engine="test-1", suggested=[False, False])
        for page in ("/attempts/", f"{at}review/"):
            assert visit(client, page).status == 200
        client.post(f"{at}review/1/", {"points": ["0"]})
    queries = [query["sql"] for query in captured if "questions_question" in query["sql"]]
    assert queries
    assert [sql for sql in queries if '"phrasings"' in sql] == []
