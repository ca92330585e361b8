"""Every address of the site, visited by those who must not get in."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from attempts.models import Answer, Attempt
from questions.models import Interview, Question, Timing
from tests.factories import PASSWORD, UserFactory, interview_of
from tests.plain_browser import HTMX, begin, logged_in, visit

pytestmark = pytest.mark.django_db

OPEN = {"home", "interview", "interview_date", "reminders", "shared_result"}
"""Open to everybody."""

NAMED_ELSEWHERE = (
    *("attempts:", "practice:", "own:", "my_question", "question_", "show_prompts"),
    *("account_", "mfa_", "admin:", "None"),
)
"""How the names of all others begin: allauth's, the admin's, or visited in tests/attempts."""


def names(patterns, space="") -> set[str]:
    result = set()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            result.add(f"{space}{pattern.name}")
        else:
            result |= names(
                pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space
            )
    return result


def test_every_address_of_ours_is_visited_here_or_elsewhere():
    ours = names(get_resolver().url_patterns)
    rest = {name for name in ours if not name.startswith(NAMED_ELSEWHERE)}
    assert rest == OPEN


def clients():
    return {
        "a visitor": Client(),
        "a user": logged_in(UserFactory()),
        "staff without rights": logged_in(UserFactory(is_staff=True)),
    }


@pytest.mark.parametrize("who", ["a visitor", "a user", "staff without rights"])
def test_hazard_19_the_admin_is_closed_to_candidates_at_every_address(who):
    client = clients()[who]
    owner = Client()
    attempt = begin(owner, interview_of(1, timing=Timing.TOTAL.value))
    visit(owner, attempt.get_absolute_url()).press("Flag", text="A secret of theirs.")
    question, interview = Question.objects.get(), Interview.objects.get()
    before = [list(model.objects.values()) for model in (Question, Interview, Attempt, Answer)]
    places = [
        "questions/question/",
        "questions/question/add/",
        f"questions/question/{question.pk}/change/",
        f"questions/question/{question.pk}/delete/",
        f"questions/question/{question.pk}/history/",
        f"questions/interview/{interview.pk}/change/",
        "questions/topic/add/",
        "attempts/attempt/",
        f"attempts/attempt/{attempt.pk}/change/",
        "auth/user/",
        "auth/user/add/",
        "autocomplete/?app_label=questions&model_name=slot&field_name=question&term=",
        "jsi18n/",
    ]
    for place in places:
        for send in (client.get, client.post):
            response = send(
                f"/admin/{place}",
                {"action": "retire", "_selected_action": question.pk, "slug": "taken"}
                if send == client.post
                else None,
            )
            page = response.content.decode()
            assert response.status_code in (302, 403, 404, 405) or place == "jsi18n/", place
            if response.status_code == 302:
                assert "/login/" in response.headers["Location"]
            for secret in ("A secret of theirs.", "The first idea.", "What is true."):
                assert secret not in page
    after = [list(model.objects.values()) for model in (Question, Interview, Attempt, Answer)]
    assert after == before


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "http:evil.example",
    "javascript:alert(1)",
    "\thttps://evil.example/",
    "https:///evil.example/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_hazard_40_next_leads_to_no_other_site(target):
    user = UserFactory(is_staff=True, is_superuser=True)
    form = {"next": target, "password": PASSWORD, "login": user.email, "username": user.username}
    for place in ("/accounts/login/", "/admin/login/"):
        client = Client()
        assert "evil" not in client.get(place, {"next": target}).headers.get("Location", "")
        for address in (place, f"{place}?next={target}"):
            response = Client().post(address, form)
            assert response.status_code == 302, (place, response.content.decode()[:2000])
            assert response.headers["Location"].startswith("/")
            assert not response.headers["Location"].startswith(("//", "/\\"))
    client = logged_in(user)
    assert "evil" not in client.post("/accounts/logout/", {"next": target}).headers["Location"]


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "testserver.evil.example",
        "testserver@evil.example",
        "a b",
        "",
        "[::1",
        "x:y:z",
    ],
)
def test_hazard_40_a_forged_host_is_refused(client, host):
    for address in ("/", "/accounts/password/reset/", "/nothing/"):
        response = client.get(address, headers={"host": host} if host else {"host": " "})
        assert response.status_code == 400
        assert "evil" not in response.content.decode()


def test_hazard_40_a_forged_host_reaches_no_mail(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    user = UserFactory()
    forged = {"x-forwarded-host": "evil.example"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/password/reset/", {"email": user.email}, headers=forged)
    (message,) = mailoutbox
    assert "evil.example" not in message.body


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH"])
def test_hazard_40_no_header_or_field_overrides_the_method(client, method):
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    discard = f"/attempts/{attempt.pk}/discard/"
    overridden = {"x-http-method-override": "POST", "x-method-override": "POST"}
    client.get(discard, {"_method": "POST"}, headers=overridden)
    client.get(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"}, headers=overridden)
    for address in (discard, f"/attempts/{attempt.pk}/submit/", attempt.get_absolute_url(), "/"):
        assert client.generic(method, address).status_code == 405
        client.post(address, {"_method": method}, headers={"x-http-method-override": method})
        if address == discard:
            continue
    assert Attempt.objects.filter(pk=attempt.pk).exists()


def test_no_get_changes_anything(client):
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    visit(client, attempt.get_absolute_url()).press("Flag", text="Mine.")
    before = list(Attempt.objects.values()), list(Answer.objects.values())
    data = {
        "position": 1,
        "text": "Other.",
        "confirmed": "1",
        "go_to": 2,
        "flagged": 0,
        "points": 0,
    }
    for name in ("", "clock/", "more-time/", "outage/", "save/", "submit/", "skip/", "move/",
                 "go/2/", "flag/", "finish/", "discard/", "review/", "review/1/"):  # fmt: skip
        for headers in (None, HTMX):
            client.get(f"/attempts/{attempt.pk}/{name}", data, headers=headers)
    client.get(attempt.interview.get_absolute_url(), {"time_factor": "2"})
    assert (list(Attempt.objects.values()), list(Answer.objects.values())) == before


def test_every_post_of_ours_requires_the_token():
    strict = Client(enforce_csrf_checks=True)
    lenient = Client()
    interview = interview_of(2, timing=Timing.TOTAL.value)
    attempt = begin(lenient, interview)
    strict.cookies = lenient.cookies
    del strict.cookies["csrftoken"]
    for name in ("more-time", "outage", "save", "submit", "skip", "move", "go/2", "flag",
                 "finish", "discard", "review/1"):  # fmt: skip
        assert strict.post(f"/attempts/{attempt.pk}/{name}/").status_code == 403, name
    for address in (interview.get_absolute_url(), "/attempts/return/", "/accounts/login/"):
        assert strict.post(address).status_code == 403
    assert Attempt.objects.get().is_running


def test_pages_of_a_person_are_not_kept_by_caches(client):
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    for address in ("/", "/attempts/", attempt.interview.get_absolute_url(),
                    attempt.get_absolute_url(), f"/attempts/{attempt.pk}/clock/"):  # fmt: skip
        assert "no-store" in client.get(address).headers["Cache-Control"]
        assert "private" in client.get(address).headers["Cache-Control"]


def test_the_session_cookie_is_out_of_reach_of_scripts(client):
    begin(client, interview_of(1))
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
