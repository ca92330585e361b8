"""Every kind of response has the same headers of safety, whoever makes it: a view, static files,
an error page, a refusal before any view.
"""

import pytest
from django.test import Client
from django.urls import path

from questions.models import Timing
from quizsite import urls
from tests.factories import UserFactory, interview_of
from tests.plain_browser import HTMX, SCRIPT, begin, logged_in

ALWAYS = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
}


def broken(request):
    raise RuntimeError


urlpatterns = [*urls.urlpatterns, path("broken/", broken)]


@pytest.fixture(autouse=True)
def production(settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


def check(response) -> None:
    if response.streaming:
        assert b"".join(response.streaming_content)  # which closes the file
    headers = response.headers
    assert ALWAYS - set(headers) == set()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "microphone=" in headers["Permissions-Policy"]
    if response.status_code != 301 and not response.request["PATH_INFO"].startswith("/static/"):
        assert {"private", "no-store"} <= set(headers["Cache-Control"].split(", "))


def get(client, address, **more):
    return client.get(address, secure=True, **more)


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [None, HTMX, SCRIPT], ids=["plain", "htmx", "script"])
def test_pages(headers):
    client = Client()
    attempt = begin(logged_in(user := UserFactory()), interview_of(2, timing=Timing.TOTAL.value))
    room = attempt.get_absolute_url()
    for address in ("/", "/questions/", "/practice/", "/attempts/", "/nothing/", "/accounts/login/",
                    "/accounts/signup/", "/admin/", "/admin/login/", "/shared/nothing/", "/healthz",
                    "/reminders.ics", "/static/img/favicon.svg", "/static/nothing.js",
                    room):  # fmt: skip
        check(get(client, address, headers=headers))
    mine = logged_in(user)
    for address in (room, f"{room}clock/", f"{room}finish/", "/accounts/data/", "/accounts/2fa/",
                    "/attempts/download/", "/accounts/email/", "/accounts/delete/"):  # fmt: skip
        check(get(mine, address, headers=headers))
    mine.post(f"{room}finish/", {"confirmed": "1"}, secure=True)
    check(get(mine, f"{room}review/", headers=headers))


@pytest.mark.django_db
def test_the_admin():
    admin = logged_in(UserFactory(is_staff=True, is_superuser=True))
    for address in ("", "questions/question/", "questions/question/add/", "auth/user/", "jsi18n/",
                    "attempts/attempt/", "questions/question/import/", "nothing/"):  # fmt: skip
        check(get(admin, f"/admin/{address}"))


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_refusals():
    client = Client(raise_request_exception=False)
    check(get(client, "/broken/"))  # 500
    check(get(client, "/", headers={"host": "evil.example"}))  # 400
    check(get(client, "/?q=%00"))  # 400
    check(client.put("/", secure=True))  # 405
    check(Client(enforce_csrf_checks=True).post("/accounts/login/", secure=True))  # 403
    length = {"CONTENT_LENGTH": str(10**9)}
    check(client.post("/", secure=True, **length))  # 413
    check(client.post("/", secure=True, headers={"x-page-script": "1"}, **length))  # 413
    check(client.post("/", secure=True, headers={"transfer-encoding": "chunked"}))  # 411
    check(get(client, "/admin"))  # a redirect to the address with a slash
    check(get(logged_in(UserFactory(is_staff=True)), "/admin/auth/user/"))  # 403


def test_a_database_that_does_not_answer(away, client):
    """503: what a view does without a database is in tests/quizsite/database/test_outage.py."""
    away()
    check(get(client, "/"))


@pytest.mark.django_db
def test_the_redirect_to_https_has_all_but_what_counts_on_https_only(settings):
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/")
    assert response.status_code == 301
    assert ALWAYS - set(response.headers) == {"Strict-Transport-Security"}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/2fa/", "/shared/nothing/"])
def test_where_passwords_are_typed_no_script_may_write_html(address):
    policy = get(logged_in(UserFactory()) if "2fa" in address else Client(), address)
    policy = policy.headers["Content-Security-Policy"]
    assert policy.endswith("; require-trusted-types-for 'script'; trusted-types 'none'")
