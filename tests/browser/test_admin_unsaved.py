"""What an editor typed in the admin and the site has not saved: it is never lost."""

import pytest
from playwright.sync_api import expect

from questions.models import Question
from tests.browser.steps import come_as_user, press
from tests.factories import UserFactory, interview_of, published_question

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = "Written while the session ended."


@pytest.fixture
def editor(context):
    user = UserFactory(is_staff=True, is_superuser=True)
    come_as_user(context, user)
    return user


def form_of(question) -> str:
    return f"/admin/questions/question/{question.pk}/change/"


def answer(page):
    return page.get_by_role("textbox", name="Answer:", exact=True)


def log_out(page):
    page.context.clear_cookies(name="sessionid")


def clear_expected(page, *statuses):
    """The browser itself complains of refused requests; nothing else may be in the console."""
    page.problems[:] = [said for said in page.problems if not any(s in said for s in statuses)]


def test_a_logged_out_editor_is_told_in_place_and_keeps_text_and_cursor(page, editor):
    page.goto(form_of(published_question()))
    log_out(page)
    answer(page).fill(TYPED)
    expect(page.locator("#preview-answer").get_by_role("link", name="Log in")).to_be_visible()
    expect(page.get_by_label("Username")).to_have_count(0)
    expect(answer(page)).to_be_focused()

    press(page, "Save and continue editing")

    expect(page.get_by_role("alert").last.get_by_role("link", name="Log in")).to_be_visible()
    expect(answer(page)).to_have_value(TYPED)
    come_as_user(page.context, editor)  # as in another tab
    press(page, "Save and continue editing")
    expect(page.locator(".messagelist")).to_contain_text("The texts are now version 2.")
    assert Question.objects.get().current_version.answer == TYPED
    clear_expected(page, "401")


def test_a_logged_out_editor_of_an_interview_sees_no_log_in_page_inside(page, editor):
    interview = interview_of(1)
    page.goto(f"/admin/questions/interview/{interview.pk}/change/")
    expect(page.locator("#fill").get_by_role("listitem")).to_have_count(1)
    log_out(page)
    page.locator("#id_slots-0-seconds").fill("70")
    expect(page.locator("#fill").get_by_role("link", name="Log in")).to_be_visible()
    expect(page.get_by_label("Username")).to_have_count(0)
    clear_expected(page, "401")


def test_a_form_is_saved_though_its_csrf_cookie_is_gone(page, editor):
    page.goto(form_of(published_question()))
    answer(page).fill(TYPED)
    page.context.clear_cookies(name="csrftoken")
    press(page, "Save and continue editing")
    expect(page.locator(".messagelist")).to_contain_text("The texts are now version 2.")
    clear_expected(page, "403")


def test_unsaved_text_is_offered_back_once_and_forgotten_when_it_is_saved(page, editor):
    question = published_question()
    page.goto(form_of(question))
    answer(page).fill(TYPED)
    page.goto("/admin/")
    page.goto(form_of(question))
    note = page.get_by_role("status").filter(has_text="did not save: Answer.")
    expect(note).to_be_visible()
    press(page, "Put it back")
    expect(answer(page)).to_have_value(TYPED)
    expect(note).to_have_count(0)

    page.get_by_role("textbox", name="Why:").fill("Clearer.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    page.goto(form_of(question))
    expect(answer(page)).to_have_value(TYPED)
    expect(page.get_by_text("did not save")).to_have_count(0)


def test_unsaved_text_that_is_left_out_is_not_offered_again(page, editor):
    question = published_question()
    page.goto(form_of(question))
    answer(page).fill(TYPED)
    page.reload()
    press(page, "Leave it out")
    page.reload()
    expect(answer(page)).to_have_value("What is true.")
    expect(page.get_by_text("did not save")).to_have_count(0)


def test_leaving_with_unsaved_text_warns_and_leaving_without_does_not(page, editor):
    warnings = []
    page.on("dialog", lambda dialog: (warnings.append(dialog.type), dialog.accept()))
    question = published_question()
    page.goto(form_of(question))
    answer(page).click()
    page.goto("/admin/")
    assert warnings == []
    page.goto(form_of(question))
    answer(page).fill(TYPED)
    page.goto("/admin/")
    assert warnings == ["beforeunload"]


def test_the_form_of_a_question_that_was_deleted_says_so_and_keeps_the_text(page, editor):
    question = published_question()
    page.goto(form_of(question))
    answer(page).fill(TYPED)
    question.delete()
    press(page, "Save and continue editing")
    expect(page.get_by_role("alert").last).to_contain_text("deleted")
    expect(answer(page)).to_have_value(TYPED)
    clear_expected(page, "410")
