"""What somebody has here, downloaded, shared and deleted in a browser, also without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db.models import F
from playwright.sync_api import expect

from attempts import transitions
from attempts.models import Answer, Attempt, ResultLink
from attempts.owners import Owner
from quizsite.clock import database_now
from tests.attempts.own_data.everything import read_download, user_with_everything
from tests.browser.conftest import watched
from tests.browser.steps import (
    answer,
    attempt_of,
    box,
    come_as_guest,
    come_as_user,
    enter,
    eventually,
    expect_failures,
    leave_behind,
    press,
    saved,
    start_as_guest,
    unsaved_texts,
)
from tests.factories import PASSWORD, AnswerFactory, AttemptFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def page(request, new_context):
    has_scripts = (
        request.node.callspec.params.get("scripts", True)
        if hasattr(request.node, "callspec")
        else True
    )
    page = watched(new_context(java_script_enabled=has_scripts).new_page())
    yield page
    assert page.problems == []


def result_of(user, text="An answer of mine.") -> Attempt:
    attempt = AttemptFactory(user=user, finished=True)
    AnswerFactory(attempt=attempt, position=1, text=text, closed=True, engine="test-1",
                  suggested=[True, False], evidence=[{"confidence": 1, "text": None}] * 2,
                  confirmed=[True, False], share="0.5")  # fmt: skip
    return attempt


def downloaded(page):
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download everything").click()
    download = downloading.value
    assert re.fullmatch(r"mock-interview-\d{4}-\d\d-\d\d\.zip", download.suggested_filename)
    return read_download(download.path().read_bytes())


@SCRIPTS
def test_a_user_downloads_everything_and_then_deletes_it(page, scripts):
    user, other = user_with_everything(), result_of(UserFactory())
    come_as_user(page.context, user)
    page.goto("/accounts/email/")
    page.get_by_role("link", name="Your data").click()
    got = downloaded(page)
    stored = Answer.objects.filter(attempt__user=user).order_by("attempt__started_at", "position")
    assert [row["text"] for row in got.everything["answers"]] == [row.text for row in stored]
    assert len(got.everything["attempts"]) == Attempt.objects.filter(user=user).count()

    page.get_by_role("link", name="Delete all attempts…").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Delete all your attempts?")
    press(page, "Delete all")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your data")
    assert not Attempt.objects.filter(user=user).exists()

    page.get_by_role("link", name="Delete account…").click()
    press(page, "Delete my account")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Continue")
    expect(page.get_by_role("main")).to_contain_text("Your account is deleted")
    expect(page.get_by_role("navigation", name="Account")).to_contain_text("Sign up")
    assert not User.objects.filter(pk=user.pk).exists()
    assert list(Attempt.objects.all()) == [other]


@SCRIPTS
def test_a_guest_deletes_one_attempt_and_downloads_the_rest(page, scripts):
    owner = come_as_guest(page.context)
    for text in ("Mine.", "Another of mine."):
        attempt = attempt_of(owner)
        Answer.objects.filter(attempt=attempt, position=1).update(text=text)
        transitions.finish(owner, attempt.pk, now=database_now())
    page.goto(f"/attempts/{attempt.pk}/review/")
    page.get_by_role("link", name="Delete this attempt…").click()
    expect(page.get_by_role("main")).to_contain_text(attempt.interview_title)
    press(page, "Delete")
    expect(page).to_have_url(re.compile("/attempts/$"))
    page.get_by_role("link", name="Forget this browser").click()
    texts = [row["text"] for row in downloaded(page).everything["answers"]]
    assert texts[0] == "Mine."
    assert "Another of mine." not in texts
    press(page, "Delete and forget")
    expect(page.get_by_role("status")).to_contain_text("forgotten")
    assert not Attempt.objects.exists()


@SCRIPTS
def test_a_result_is_shared_until_it_expires(page, new_context, scripts):
    attempt = result_of(UserFactory(), "Words for my mentor.")
    come_as_user(page.context, attempt.user)
    page.goto(f"/attempts/{attempt.pk}/review/")
    page.get_by_role("link", name="Share this result…").click()
    expect(page.get_by_role("radio", name="7 days")).to_be_checked()
    page.get_by_role("radio", name="1 day").check()
    page.get_by_role("checkbox", name="Show my answers too").check()
    press(page, "Make a link")
    address = page.get_by_label("Copy it now").input_value()

    other = watched(new_context(java_script_enabled=scripts).new_page())
    assert other.goto(address).status == 200
    expect(other.get_by_text("Words for my mentor.")).to_be_visible()
    expect(other.get_by_role("checkbox")).to_have_count(0)
    expect(other.get_by_role("button")).to_have_count(0)
    assert other.context.cookies() == []
    assert other.problems == []

    day = timedelta(days=1)
    ResultLink.objects.update(created_at=F("created_at") - day, expires_at=F("expires_at") - day)
    assert other.goto(address).status == 404
    gone = other.get_by_role("main").inner_text()
    other.goto(address[:-8] + "xxxxxxx/")
    assert other.get_by_role("main").inner_text() == gone
    page.goto(f"/attempts/{attempt.pk}/share/")
    expect(page.get_by_role("button", name="Take back")).to_have_count(0)


@SCRIPTS
def test_a_link_is_taken_back(page, new_context, scripts):
    attempt = result_of(UserFactory())
    come_as_user(page.context, attempt.user)
    page.goto(f"/attempts/{attempt.pk}/share/")
    press(page, "Make a link")
    address = page.get_by_label("Copy it now").input_value()
    other = new_context().new_page()
    assert other.goto(address).status == 200
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_role("status")).to_contain_text("no longer works")
    assert other.goto(address).status == 404
    assert not ResultLink.objects.exists()


def test_a_room_that_is_open_says_that_its_attempt_was_deleted(page):
    page.on("dialog", lambda dialog: dialog.accept())
    attempt = start_as_guest(page, seconds_each=600)
    box(page).fill("saved")
    saved(page)
    other = page.context.new_page()
    other.goto(f"/attempts/{attempt.pk}/delete/")
    press(other, "Delete")
    expect(other).to_have_url(re.compile("/attempts/$"))
    box(page).fill("words that are nowhere else")
    box(page).blur()
    alert = page.get_by_role("alert").filter(has_text="was deleted in another tab")
    expect(alert).to_be_visible()
    expect(box(page)).to_have_value("words that are nowhere else")
    expect(box(page)).not_to_be_editable()
    eventually(page, lambda: unsaved_texts(page), [])
    expect_failures(page)


def test_only_the_unsaved_text_of_the_deleted_attempt_is_forgotten(page):
    owner: Owner = come_as_user(page.context, UserFactory())
    gone = attempt_of(owner)
    transitions.finish(owner, gone.pk, now=database_now())
    kept = attempt_of(owner)
    page.goto("/")
    leave_behind(
        page,
        *(
            {"key": f"unsaved:{a.pk}:2:9:1", "text": text, "revision": 0, "at": 1}
            for a, text in ((gone, "goes"), (kept, "stays"))
        ),
    )
    page.goto(f"/attempts/{gone.pk}/delete/")
    press(page, "Delete")
    eventually(page, lambda: unsaved_texts(page), ["stays"])
    enter(page, kept)
    assert answer(kept).text == ""


def test_a_page_of_a_deleted_account_in_another_browser_says_so(page, new_context):
    user = UserFactory()
    owner = come_as_user(page.context, user)
    attempt = attempt_of(owner, seconds_each=600)
    enter(page, attempt)
    other = new_context().new_page()
    come_as_user(other.context, user)
    other.goto("/accounts/delete/")
    press(other, "Delete my account")
    other.get_by_label("Password").fill(PASSWORD)
    press(other, "Continue")
    expect(other.get_by_role("main")).to_contain_text("Your account is deleted")
    box(page).fill("typed meanwhile")
    box(page).blur()
    expect(page.get_by_role("alert").filter(has_text="account was deleted")).to_be_visible()
    expect(box(page)).to_have_value("typed meanwhile")
    expect_failures(page)
