"""Every page carries the strict policy, and holds nothing that the policy would refuse."""

import re

import pytest

from questions.models import Timing
from quizsite.headers.security_headers import NO_HTML_FROM_SCRIPTS
from tests.factories import UserFactory, interview_of
from tests.plain_browser import begin, logged_in

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
INLINE = re.compile(
    r"""<script(?![^>]*(?:\bsrc=|type="application/json"))[^>]*>(?!\s*</script>)|<style|\sstyle=|\son[a-z]+=["']|javascript:""",
    re.IGNORECASE,
)


def check(response, **more: str) -> None:
    """more: directives that this page has beside those of every page."""
    policy = response.headers["Content-Security-Policy"]
    policy = policy.removesuffix(NO_HTML_FROM_SCRIPTS)
    directives = (part.strip().partition(" ") for part in policy.split(";"))
    also = {name.replace("_", "-"): value for name, value in more.items()}
    assert {name: value for name, _, value in directives} == POLICY | also
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    html = response.content.decode()
    if response.headers["Content-Type"].startswith("text/html"):
        assert not INLINE.findall(html)


@pytest.mark.django_db
def test_every_page_of_ours_is_strict_and_holds_nothing_inline(client):
    interview = interview_of(2, timing=Timing.TOTAL.value)
    attempt = begin(client, interview)
    base = f"/attempts/{attempt.pk}/"
    for address in ("/", "/attempts/", interview.get_absolute_url(), base, f"{base}finish/",
                    f"{base}discard/", f"{base}clock/", "/nothing/",
                    "/healthz", "/readyz"):  # fmt: skip
        check(client.get(address))
    check(client.post(f"{base}submit/", {"position": "1", "text": "x" * 20_001}))
    client.post(f"{base}finish/", {"confirmed": "1"})
    check(client.get(f"{base}review/"), media_src="blob:")


@pytest.mark.django_db
def test_only_the_owners_result_plays_what_the_browser_has_recorded(client):
    attempt = begin(client, interview_of(1))
    base = f"/attempts/{attempt.pk}/"
    check(client.get(f"{base}review/"))  # it runs: this leads to its room
    check(client.get(base))
    client.post(f"{base}finish/", {"confirmed": "1"})
    check(logged_in(UserFactory()).get(f"{base}review/"))
    admin = logged_in(UserFactory(is_staff=True, is_superuser=True))
    check(admin.get(f"/admin/attempts/attempt/{attempt.pk}/change/"))


@pytest.mark.django_db
def test_every_page_of_accounts_is_strict_and_holds_nothing_inline(client):
    for address in ("login/", "signup/", "password/reset/", "password/reset/done/"):
        check(client.get(f"/accounts/{address}"))
    mine = logged_in(UserFactory())
    for address in ("email/", "password/change/", "logout/", "reauthenticate/"):
        check(mine.get(f"/accounts/{address}", follow=True))


@pytest.mark.django_db
def test_every_page_of_the_admin_is_strict_and_holds_nothing_inline(client):
    check(client.get("/admin/login/"))
    admin = logged_in(UserFactory(is_staff=True, is_superuser=True))
    interview = interview_of(2)
    question = interview.slots.first().question
    for address in ("", "questions/question/", f"questions/question/{question.pk}/change/",
                    "questions/question/add/", f"questions/interview/{interview.pk}/change/",
                    "attempts/attempt/", "auth/user/add/", "password_change/"):  # fmt: skip
        check(admin.get(f"/admin/{address}"))
