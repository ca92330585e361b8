"""Chromium meets no violation of the policy: on every page of the admin, and of accounts."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from questions.models import Question
from tests.browser.conftest import watched
from tests.browser.steps import log_in
from tests.factories import PASSWORD, AnswerFactory, UserFactory, interview_of
from tests.test_admin_walk import urls

LISTEN = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error("violation:", event.violatedDirective, event.blockedURI, location.href))"""
MAKES_NO_PAGE = (
    "autocomplete",
    "jsi18n",
    "export",
    "template",
    "logout",
    "apply",
    "try",
    "download",
)


@pytest.fixture
def page(context):
    context.add_init_script(LISTEN)
    return watched(context.new_page())


def of_the_policy(page) -> list[str]:
    marks = ("violation:", "Content Security Policy", "TrustedHTML", "Trusted Type")
    return [problem for problem in page.problems if any(mark in problem for mark in marks)]


def test_no_page_of_the_admin_violates_the_policy(page):
    Group.objects.create(name="Somebody")
    user = UserFactory(is_staff=True, is_superuser=True)
    question = interview_of(1).slots.get().question
    row = AnswerFactory(version=question.current_version, written=True, text="An answer.")
    log_in(page, user)
    opened = 0
    for name, address in urls(row):
        if any(mark in name for mark in MAKES_NO_PAGE):
            continue
        if not page.context.request.get(address).ok:
            continue  # Chromium shows nothing of a refusal without a body
        page.goto(address)
        opened += page.locator("h1").count() > 0
    assert opened > 30
    assert of_the_policy(page) == []


def test_choosing_adding_and_opening_rows_in_the_admin_violates_nothing(page):
    user = UserFactory(is_staff=True, is_superuser=True)
    interview = interview_of(2)
    log_in(page, user)
    page.goto(f"/admin/questions/interview/{interview.pk}/change/")
    page.locator(".select2-selection").first.click()
    expect(page.locator(".select2-results__option").first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_text("Add another", exact=False).first.click()
    page.goto(f"/admin/questions/question/{Question.objects.first().pk}/change/")
    page.goto("/admin/auth/group/add/")
    page.locator(".selector-available option").first.dblclick()
    page.goto("/admin/auth/user/")
    assert of_the_policy(page) == []


def test_no_page_of_accounts_violates_the_policy(page):
    for place in ("login", "signup", "password/reset", "password/reset/done", "confirm-email",
                  "inactive", "confirm-email/nothing", "password/reset/key/1-x"):  # fmt: skip
        page.goto(f"/accounts/{place}/")
    log_in(page, UserFactory())
    for place in ("email", "password/change", "2fa", "2fa/totp/activate", "2fa/webauthn",
                  "2fa/webauthn/add", "reauthenticate", "data", "delete", "logout"):  # fmt: skip
        page.goto(f"/accounts/{place}/")
        if page.get_by_role("heading", name="Confirm").count():
            page.get_by_label("Password", exact=True).fill(PASSWORD)
            page.get_by_role("button", name="Continue").click()
            expect(page.get_by_role("heading", name="Confirm it's you")).to_be_hidden()
    page.goto("/shared/nothing/")
    assert of_the_policy(page) == []
