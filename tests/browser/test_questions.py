"""The list of questions and the page of one: by keyboard, with Back, without scripts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from attempts.models import QuestionNote
from attempts.owners import Owner
from tests.attempts.views.questions.rows import answered, secret_question
from tests.browser.conftest import watched
from tests.browser.steps import come_as_user, eventually
from tests.factories import TopicFactory, UserFactory, published_question

pytestmark = pytest.mark.django_db(transaction=True)

PROMPT = "How do caches go stale?"


def somebody_with_questions(context) -> Owner:
    """Asked one question twice and two others once; two more were never asked."""
    user = UserFactory()
    me = Owner(user_id=user.pk)
    serving, training = TopicFactory(name="Serving"), TopicFactory(name="Training")
    caches = published_question(serving, prompt=PROMPT, key_points=["By time.", "By writes."])
    text = "They keep what was true once."
    answered(me, caches, "0", text=text, confirmed=[False, True])
    answered(me, caches, "0.5", days=1, text=f"{text} Now false.", confirmed=[True, False])
    answered(me, published_question(training, prompt="Why shuffle batches?"), "0.9")
    answered(me, published_question(training, prompt="What is a batch?"), "0.9")
    secret_question("xylophone")
    published_question(training)
    come_as_user(context, user)
    return me


def names(page):
    return page.locator(".questions .name a")


def search_box(page):
    return page.get_by_role("searchbox", name="Search")


def test_the_list_follows_what_is_typed_and_chosen_and_back_brings_it_back(page, context):
    somebody_with_questions(context)
    page.goto("/questions/")
    expect(names(page)).to_have_count(5)
    search_box(page).press_sequentially("BATCH")
    expect(names(page)).to_have_count(2)
    expect(search_box(page)).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="2 of 5 questions")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/questions/\?q=BATCH$"))
    page.get_by_label("Order").select_option("Topic")
    expect(page).to_have_url(re.compile(r"\?q=BATCH&sort=topic$"))
    page.get_by_role("link", name="Why shuffle batches?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why shuffle batches?")
    page.go_back()
    expect(search_box(page)).to_have_value("BATCH")
    expect(page.get_by_label("Order")).to_have_value("topic")
    expect(names(page)).to_have_count(2)
    # A choice is a step of its own; a word that was being typed is not.
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?q=BATCH$"))
    expect(page.get_by_label("Order")).to_have_value("")
    expect(names(page)).to_have_count(2)
    search_box(page).fill("")
    expect(names(page)).to_have_count(5)
    page.go_back()
    expect(page).to_have_url("about:blank")


def test_enter_in_the_search_box_finds_at_once(page, context):
    somebody_with_questions(context)
    page.goto("/questions/")
    search_box(page).fill("stale")
    search_box(page).press("Enter")
    expect(names(page)).to_have_text([PROMPT])


def test_a_step_of_the_picture_leads_to_its_questions(page, context):
    somebody_with_questions(context)
    page.goto("/questions/")
    page.get_by_role("link", name="2 solid").click()
    expect(names(page)).to_have_count(2)
    expect(page.get_by_label("State")).to_have_value("solid")


def test_a_bookmark_and_a_prompt_by_keyboard(page, context):
    me = somebody_with_questions(context)
    page.goto("/questions/?state=never-asked")
    show = page.get_by_role("button", name="Show the prompt of question").last
    expect(page.get_by_text("xylophone")).to_have_count(0)
    show.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="How does xylophoneprompt work?")).to_be_focused()
    bookmark = page.get_by_role("button", name="Bookmark").last
    page.keyboard.press("Tab")
    expect(bookmark).to_be_focused()
    expect(bookmark).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Enter")
    expect(bookmark).to_have_attribute("aria-pressed", "true")
    expect(bookmark).to_be_focused()
    row = QuestionNote.objects.owned_by(me).get()
    assert row.is_bookmarked
    assert row.shows_prompt


def note_box(page):
    return page.get_by_role("textbox", name="My note")


def open_question(page) -> None:
    page.goto("/questions/")
    page.get_by_role("link", name=PROMPT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PROMPT)


def test_a_note_is_saved_in_place_and_asks_nothing_when_the_page_goes(page, context):
    me = somebody_with_questions(context)
    open_question(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    note_box(page).fill("Mine.")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert QuestionNote.objects.owned_by(me).get().note == "Mine."
    page.reload()
    assert asked == []
    expect(note_box(page)).to_have_value("Mine.")
    note_box(page).fill("Not saved.")
    page.reload()
    assert asked == ["beforeunload"]


def test_two_tabs_lose_no_word_of_a_note(page, context):
    me = somebody_with_questions(context)
    open_question(page)
    other = watched(context.new_page())
    open_question(other)
    note_box(other).fill("From the other tab.")
    other.get_by_role("button", name="Save note").click()
    expect(other.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    note_box(page).fill("From this tab.")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_text("changed in another tab")).to_be_visible()
    expect(page.locator("#note-state")).to_contain_text("From the other tab.")
    expect(note_box(page)).to_have_value("From this tab.")
    assert QuestionNote.objects.owned_by(me).get().note == "From the other tab."
    page.get_by_role("button", name="Save note").click()
    eventually(page, lambda: QuestionNote.objects.owned_by(me).get().note, "From this tab.")
    assert page.problems.pop().startswith("Failed to load resource")  # the 409
    assert other.problems == []


def test_answers_stand_side_by_side(page, context):
    somebody_with_questions(context)
    page.set_viewport_size({"width": 1280, "height": 800})
    open_question(page)
    newest = page.locator("details.past-answer").first
    expect(newest).to_have_attribute("open", "")
    for summary in page.locator("#answers summary").all():
        assert summary.bounding_box()["height"] < 60  # the date in one line
    left, right = newest.locator(".beside").first.locator("> div").all()
    assert left.bounding_box()["y"] == right.bounding_box()["y"]
    expect(left.locator("ins")).to_contain_text("Now false.")
    expect(newest.locator(".won")).to_contain_text("By time.")
    expect(newest.locator(".lost")).to_contain_text("By writes.")


def test_everything_works_without_scripts(new_context):
    context = new_context(java_script_enabled=False)
    me = somebody_with_questions(context)
    page = context.new_page()
    page.goto("/questions/")
    search_box(page).fill("batch")
    page.get_by_label("Order").select_option("Topic")
    page.get_by_role("button", name="Apply").click()
    expect(names(page)).to_have_count(2)
    page.get_by_role("button", name="Bookmark").last.click()
    expect(page).to_have_url(re.compile(r"\?q=batch&sort=topic#question-\d+$"))
    expect(page.get_by_role("button", name="Bookmark").last).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("link", name="Why shuffle batches?").click()
    note_box(page).fill("Mine.")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert sorted(QuestionNote.objects.owned_by(me).values_list("note", flat=True)) == ["", "Mine."]
    page.go_back()
    page.go_back()
    expect(search_box(page)).to_have_value("batch")
    page.get_by_role("button", name="Show all prompts").click()
    page.goto("/questions/?state=never-asked")
    expect(page.get_by_role("link", name="How does xylophoneprompt work?")).to_be_visible()


SIZES = [(1280, 800), (390, 844)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_axe_finds_nothing_and_no_page_is_too_wide(new_context, size, scheme):
    width, height = size
    context = new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    somebody_with_questions(context)
    page = context.new_page()
    found = {}
    addresses = ["/questions/", "/questions/?q=nothinglikeit", "/questions/?sort=topic"]
    page.goto("/questions/")
    addresses += [a.get_attribute("href") for a in names(page).all()[2:4]]
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(each => (each.open = true))")
        broken = Axe().run(page).response["violations"]
        found[address] = [(rule["id"], [n["html"] for n in rule["nodes"]]) for rule in broken]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[address].append("too wide")
    assert {address: rules for address, rules in found.items() if rules} == {}
