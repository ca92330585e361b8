"""A browser that refuses cookies is told so on every form; sending again never ends otherwise."""

import pytest
from django.test import Client

from attempts.views.refused_text import Cause, cause_of
from questions.models import Timing
from tests.factories import PASSWORD, UserFactory, interview_of
from tests.plain_browser import HTMX, SCRIPT, begin, load

pytestmark = pytest.mark.django_db

SAYS = "This site needs cookies"


def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def blocked(address: str, data: dict | None = None, headers=None):
    """What a browser without cookies gets: it loads a page, and sends the form of it."""
    strict().get(address)
    response = strict().post(address, data or {}, headers=headers)
    return load(strict(), response, address)


def forms_of_the_site() -> dict[str, dict]:
    interview = interview_of(2, timing=Timing.TOTAL.value)
    attempt = begin(Client(), interview)
    user = UserFactory()
    log_in = {"login": user.email, "username": user.username, "password": PASSWORD}
    named = ["submit", "skip", "move", "flag", "finish", "discard", "more-time", "outage"]
    return {
        "/accounts/login/": log_in,
        "/admin/login/": log_in,
        "/accounts/signup/": {"email": "a@example.org"},
        "/accounts/logout/": {},
        "/accounts/password/reset/": {"email": user.email},
        "/accounts/2fa/authenticate/": {"code": "123456"},
        interview.get_absolute_url(): {"time_factor": "1"},
        "/attempts/whose/": {"answer": "move"},
        "/attempts/forget/": {},
        **{f"/attempts/{attempt.pk}/{name}/": {"position": 1} for name in named},
        f"/attempts/{attempt.pk}/review/1/": {"points": ["0"]},
        f"/attempts/{attempt.pk}/review/1/report/": {"reason": "wrong"},
        "/admin/questions/question/import/": {},
    }


def test_every_form_says_that_cookies_are_needed():
    for address, data in forms_of_the_site().items():
        page = blocked(address, data)
        assert (page.status, page.heading) == (403, SAYS), address


@pytest.mark.parametrize("headers", [HTMX, SCRIPT], ids=["htmx", "script"])
def test_every_script_gets_a_note_and_a_cookie_by_which_it_can_tell(headers):
    for address, data in forms_of_the_site().items():
        page = blocked(address, data, headers)
        assert page.status == 403
        assert SAYS in page.words
        assert "csrftoken" in page.response.cookies, address


def test_a_text_is_given_back_and_sent_again_once_cookies_are_allowed():
    client = strict()
    attempt = begin(Client(), interview_of(2, timing=Timing.TOTAL.value))
    address = f"/attempts/{attempt.pk}/submit/"
    page = load(client, client.post(address, {"text": "not lost", "position": 1}), address)
    assert page.heading == SAYS
    assert page.text == "not lost"
    again = page.press("Send again")  # the reply before has set the cookie
    assert again.heading != SAYS
    assert again.text == "not lost"


def test_who_has_the_cookie_is_told_what_else_it_is():
    client = strict()
    client.get("/accounts/login/")
    reply = load(client, client.post("/accounts/login/", {"login": "a", "password": "b"}), "/")
    assert reply.status == 403
    assert reply.heading != SAYS
    hidden = load(
        client,
        client.post("/accounts/login/", {"text": "kept"}, headers={"origin": "null"}),
        "/accounts/login/",
    )
    assert hidden.status == 403
    assert hidden.heading not in (SAYS, reply.heading)
    assert hidden.text == "kept"


@pytest.mark.parametrize(
    ("cookies", "reason", "cause"),
    [
        ({}, "CSRF cookie not set.", Cause.NO_COOKIE),
        ({"theirs": "a"}, "CSRF cookie not set.", Cause.NO_COOKIE),
        ({"sessionid": "a"}, "CSRF cookie not set.", Cause.RENEWED),
        ({}, "Origin checking failed - null does not match", Cause.NO_COOKIE),
        ({"csrftoken": "a"}, "Referer checking failed - no Referer.", Cause.NO_ORIGIN),
        ({"csrftoken": "a"}, "Origin checking failed - null does not match", Cause.NO_ORIGIN),
        ({"csrftoken": "a"}, "CSRF token from POST incorrect.", Cause.RENEWED),
        ({"csrftoken": "a"}, "CSRF token missing.", Cause.RENEWED),
    ],
)
def test_why_the_site_is_not_sure(rf, cookies, reason, cause):
    request = rf.post("/")
    request.COOKIES = cookies
    assert cause_of(request, reason) == cause
