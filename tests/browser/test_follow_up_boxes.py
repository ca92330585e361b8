"""An editor writes a follow-up beside its key point, and reads what could be better about it."""

import pytest
from playwright.sync_api import expect

from questions.models import Question
from tests.browser.steps import come_as_user, press
from tests.factories import UserFactory, published_question

pytestmark = pytest.mark.django_db(transaction=True)
POINT = "Every change is recorded in a history."
OTHER = "Branches let several people work at the same time."


def editors_form(context):
    come_as_user(context, UserFactory(is_staff=True, is_superuser=True))
    question = published_question(prompt="Why version control?", key_points=[POINT, OTHER])
    page = context.new_page()
    page.goto(f"/admin/questions/question/{question.pk}/change/")
    return page


def box(page, point=POINT):
    return page.get_by_role("textbox", name=f"Follow-up for “{point}”")


def follow_ups() -> list[str]:
    return Question.objects.get().current_version.follow_ups


def test_a_follow_up_is_checked_while_it_is_typed_and_moves_with_its_point(context):
    page = editors_form(context)
    page.get_by_text(f"1. {POINT}").click()
    box(page).fill("Is every change recorded in a history?")
    remarks = page.locator("#coverage .question-remarks")
    expect(remarks).to_contain_text("Follow-up 1 gives its key point away", timeout=15_000)
    box(page).fill("What do you tell an auditor?")
    expect(remarks).not_to_contain_text("gives its key point away", timeout=15_000)
    expect(remarks).to_contain_text("no source")
    page.get_by_label("Key points:").fill(f"{OTHER}\n{POINT}")

    press(page, "Save and continue editing")

    expect(page.locator(".messagelist")).to_contain_text("version 2")
    assert follow_ups() == ["", "What do you tell an auditor?"]
    page.get_by_text(f"2. {POINT}").click()
    expect(box(page)).to_have_value("What do you tell an auditor?")


def test_an_unsaved_follow_up_is_put_back(context):
    page = editors_form(context)
    page.get_by_text(f"1. {POINT}").click()
    box(page).fill("Who broke it?")
    page.get_by_label("Sources:").fill("Chacon and Straub: Pro Git")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    note = page.get_by_role("status").filter(has_text="did not save")
    expect(note).to_contain_text("Follow-up")
    expect(note).to_contain_text("Sources")
    page.get_by_role("button", name="Put it back").click()
    expect(box(page)).to_be_visible()
    expect(box(page)).to_have_value("Who broke it?")
    expect(page.get_by_label("Sources:")).to_have_value("Chacon and Straub: Pro Git")


def test_without_javascript_it_is_saved_and_the_checks_are_a_page(new_context):
    context = new_context(java_script_enabled=False)
    page = editors_form(context)
    page.get_by_text(f"1. {POINT}").click()
    box(page).fill("Is every change recorded in a history?")
    with context.expect_page() as opened:
        page.get_by_role("button", name="Check the question").click()
    expect(opened.value.locator(".question-remarks")).to_contain_text("Follow-up 1")
    press(page, "Save and continue editing")
    expect(page.locator(".messagelist")).to_contain_text("version 2")
    assert follow_ups() == ["Is every change recorded in a history?", ""]


def test_the_guide_fits_a_phone(context):
    come_as_user(context, UserFactory(is_staff=True, is_superuser=True))
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/admin/questions/question/")
    page.get_by_role("link", name="What a good question is").click()
    expect(page.get_by_role("heading", name="The follow-ups")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
