"""An editor writes phrasings beside a key point, and tries an answer on them before saving."""

import pytest
from playwright.sync_api import expect

from questions.models import Question
from tests.browser.steps import come_as_user, press
from tests.factories import UserFactory, published_question

pytestmark = pytest.mark.django_db(transaction=True)
POINT = "Every change is recorded in a history."


@pytest.fixture
def question(context) -> Question:
    come_as_user(context, UserFactory(is_staff=True, is_superuser=True))
    return published_question(prompt="Why version control?", key_points=[POINT, "It scales."])


def open_form(page, question):
    page.goto(f"/admin/questions/question/{question.pk}/change/")


def box(page):
    return page.get_by_role("textbox", name=f"Also said as for “{POINT}”")


def test_an_answer_is_tried_on_the_form_before_it_is_saved(page, question):
    open_form(page, question)
    page.get_by_text(f"1. {POINT}").click()
    box(page).fill("all edits are logged")
    page.get_by_role("textbox", name="Answer", exact=True).fill(POINT)
    page.get_by_role("button", name="Try", exact=True).click()
    expect(page.locator("#tried").get_by_role("listitem").first).to_contain_text("Found")
    assert Question.objects.get().phrasings == {}

    press(page, "Save and continue editing")

    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    kept = {POINT: {"accept": ["all edits are logged"], "reject": []}}
    assert Question.objects.get().phrasings == kept


def test_unsaved_phrasings_are_put_back_and_a_tried_answer_is_not_kept(page, question):
    open_form(page, question)
    page.get_by_role("textbox", name="Answer", exact=True).fill("Only to try.")
    page.get_by_text(f"1. {POINT}").click()
    box(page).fill("all edits are logged")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    note = page.get_by_role("status").filter(has_text="did not save")
    expect(note).to_contain_text("Also said as")
    page.get_by_role("button", name="Put it back").click()
    expect(box(page)).to_be_visible()
    expect(box(page)).to_have_value("all edits are logged")
    expect(page.get_by_role("textbox", name="Answer", exact=True)).to_have_value("")


def test_without_javascript_the_result_is_a_page_of_its_own(new_context, question):
    context = new_context(java_script_enabled=False)
    come_as_user(context, UserFactory(is_staff=True, is_superuser=True))
    page = context.new_page()
    open_form(page, question)
    page.get_by_role("textbox", name="Answer", exact=True).fill(POINT)
    with context.expect_page() as opened:
        page.get_by_role("button", name="Try", exact=True).click()
    expect(opened.value.locator(".tried li").first).to_contain_text("Found")
