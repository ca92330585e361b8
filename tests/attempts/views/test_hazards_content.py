"""Contents that break forms and pages, as they come over HTTP. Each test names its hazard."""

import pytest
from django.test import Client

from tests.attempts.views.steps import EACH, TOTAL, save, stored
from tests.factories import UserFactory, interview_of
from tests.plain_browser import HTMX, Page, begin, logged_in, visit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("action", ["save", "submit", "finish", "flag"])
@pytest.mark.parametrize("headers", [None, HTMX])
@pytest.mark.parametrize("kind", ["urlencoded", "multipart"])
def test_hazard_23_five_megabytes_are_refused_in_words(client, action, headers, kind):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    save(client, attempt, "Earlier.")
    data = {"position": "1", "text": "x" * 5_000_000, "revision": "1", "flagged": "1"}
    how = {"headers": headers}
    if kind == "urlencoded":
        data = "&".join(f"{name}={value}" for name, value in data.items())
        how["content_type"] = "application/x-www-form-urlencoded"
    response = client.post(f"/attempts/{attempt.pk}/{action}/", data, **how)
    assert response.status_code == 413
    assert "Nothing of it was stored" in response.content.decode()
    assert len(response.content) < 20_000
    assert stored(attempt)[0] == "Earlier."


def test_hazard_23_1500_fields_are_refused_in_words(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    data = {f"field{number}": "x" for number in range(1_500)} | {"position": "1", "text": "y"}
    for action in ("save", "submit"):
        response = client.post(f"/attempts/{attempt.pk}/{action}/", data)
        assert response.status_code in (400, 413)
        assert "This request could not be read" in response.content.decode()
    assert stored(attempt)[0] == ""


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b"a%00b", "ab"),
        (b"a%ED%A0%80b", "a\ufffd\ufffd\ufffdb"),
        (b"a%ff%feb", "a\ufffd\ufffdb"),
        (b"a%C3", "a\ufffd"),
        (b"%E2%82%AC%0D%0A", "€\n"),
        (b"%zz%", "%zz%"),
    ],
)
def test_hazard_24_bytes_that_are_no_text_are_cleaned(client, sent, kept):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    kind = "application/x-www-form-urlencoded"
    response = client.post(
        f"/attempts/{attempt.pk}/save/", b"position=1&text=" + sent, content_type=kind
    )
    assert response.status_code == 200
    assert stored(attempt)[0] == kept


BOUNDARY = "x5bound"


def in_charset(client, attempt, action, charset: str, text: bytes, **headers):
    """A form in parts that claims a character set of its own."""
    parts = {"position": b"1", "revision": b"0", "flagged": b"1", "go_to": b"2", "text": text}
    body = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + value
        + b"\r\n"
        for name, value in parts.items()
    )
    return client.generic(
        "POST",
        f"/attempts/{attempt.pk}/{action}/",
        body + f"--{BOUNDARY}--\r\n".encode(),
        content_type=f"multipart/form-data; boundary={BOUNDARY}; charset={charset}",
        **headers,
    )


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-7", b"+2AA-"),
        ("unicode_escape", b"\\ud800 \\x00"),
        ("raw_unicode_escape", b"\\ud800" * 20_001),
        ("utf-16", b"abc"),
        ("hex", b"00"),
        ("base64", b"AAAA"),
        ("rot13", b"abc"),
        ("zip", b"abc"),
        ("idna", b"xn--a"),
        ("punycode", b"a-\xff"),
        ("undefined", b"abc"),
        ("nothing", b"abc"),
        ("latin-1", b"\xe9"),
        ("utf-8", b"\xff"),
    ],
)
def test_hazard_24_odd_character_sets_are_no_failure(client, charset, text):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    client.raise_request_exception = False
    visitor = Client(raise_request_exception=False)
    strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
    for action in ("save", "submit", "flag", "move"):
        for who in (client, visitor, strict):
            response = in_charset(who, attempt, action, charset, text)
            assert response.status_code == 400 or charset == "utf-8", (action, who)
            assert response.status_code < 500


@pytest.mark.parametrize(
    "value", ['"abcdefgh\\000ij"', "é" * 20, "x" * 4000, '"\\355\\240\\200aaaaaaaa"']
)
@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages"])
def test_hazard_24_odd_cookies_are_no_failure(name, value):
    client = Client(raise_request_exception=False)
    for address in ("/", "/attempts/", "/accounts/login/"):
        response = client.get(address, headers={"cookie": f"{name}={value}"})
        assert response.status_code < 500


def test_hazard_26_an_answer_is_text_in_the_admin_too(client):
    attempt = begin(client, interview_of(1, timing=EACH))
    text = "<script>alert(1)</script><svg onload=x> {{ 7 }}"
    visit(client, attempt.get_absolute_url()).press("Submit answer", text=text)
    admin = logged_in(UserFactory(is_staff=True, is_superuser=True))
    page = Page(admin, admin.get(f"/admin/attempts/attempt/{attempt.pk}/change/"))
    assert page.status == 200
    assert "<script>alert" not in page.html
    assert "<svg onload" not in page.html
