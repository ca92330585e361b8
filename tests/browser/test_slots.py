"""The slots of an interview in the admin, put in order by buttons and by keyboard."""

import pytest
from playwright.sync_api import expect

from questions.models import Question, Slot
from tests.browser.steps import come_as_user, press
from tests.factories import (
    InterviewFactory,
    TopicFactory,
    UserFactory,
    VersionFactory,
    published_question,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def interview(page):
    """Three fixed questions, first, second and third, on the page of an editor."""
    topic, interview = TopicFactory(), InterviewFactory()
    for position, slug in enumerate(("first", "second", "third"), start=1):
        question = published_question(topic)
        Question.objects.filter(pk=question.pk).update(slug=slug)
        Slot.objects.create(interview=interview, position=position, question=question)
    come_as_user(page.context, UserFactory(is_staff=True, is_superuser=True))
    page.goto(f"/admin/questions/interview/{interview.pk}/change/")
    return interview


def row(page, slug):
    prompt = Question.objects.get(slug=slug).title
    return page.get_by_role("row").filter(has=page.get_by_title(prompt, exact=True))


def move(page, slug, where):
    row(page, slug).get_by_role("button", name=f"Move {where}").click()


def positions(page) -> list[str]:
    boxes = page.locator("#slots-group tr.has_original input[name$='-position']")
    return [box.input_value() for box in boxes.all()]


def announced(page, message):
    expect(page.locator("#slots-group").get_by_role("status")).to_have_text(message)


def saved(page, interview) -> list[str]:
    press(page, "Save and continue editing")
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    return list(interview.slots.order_by("position").values_list("question__slug", flat=True))


def test_buttons_move_a_slot_and_the_order_is_saved(page, interview):
    move(page, "third", "up")
    announced(page, "Now slot 2 of 3.")
    move(page, "first", "down")
    announced(page, "Now slot 2 of 3.")
    assert positions(page) == ["1", "2", "3"]
    assert saved(page, interview) == ["third", "first", "second"]


def test_alt_and_an_arrow_move_the_slot_that_has_the_focus_and_it_keeps_it(page, interview):
    seconds = row(page, "first").get_by_role("spinbutton").last
    seconds.focus()
    for slot in (2, 3):
        page.keyboard.press("Alt+ArrowDown")
        announced(page, f"Now slot {slot} of 3.")
    expect(seconds).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    announced(page, "Now slot 2 of 3.")
    assert saved(page, interview) == ["second", "first", "third"]


def test_a_button_pressed_by_keyboard_keeps_the_focus(page, interview):
    up = row(page, "third").get_by_role("button", name="Move up")
    up.focus()
    page.keyboard.press("Enter")
    announced(page, "Now slot 2 of 3.")
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    announced(page, "Now slot 1 of 3.")
    assert saved(page, interview) == ["third", "first", "second"]


@pytest.mark.parametrize(
    ("slug", "where", "message"),
    [("first", "up", "This is the first slot."), ("third", "down", "This is the last slot.")],
)
def test_at_the_ends_it_says_so_and_moves_nothing(page, interview, slug, where, message):
    move(page, slug, where)
    announced(page, message)
    assert saved(page, interview) == ["first", "second", "third"]


def test_what_the_slots_can_draw_follows_their_order(page, interview):
    slots = page.locator("#fill").get_by_role("listitem")
    expect(slots).to_have_count(3)
    before = slots.all_inner_texts()
    move(page, "first", "down")
    expect(slots.first).to_have_text(before[1])
    expect(slots.nth(1)).to_have_text(before[0])


@pytest.mark.parametrize("width", [1280, 390])
def test_a_chosen_question_is_shown_whole(page, interview, width):
    page.set_viewport_size({"width": width, "height": 900})
    long = "What does the garbage collector of this language do while requests are being answered?"
    question = Question.objects.get(slug="first")
    question.current_version = VersionFactory(question=question, number=2, prompt=long)
    question.save()
    page.reload()
    shown = page.get_by_title(long, exact=True)
    expect(shown).to_contain_text(long)
    cut = "e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1"
    assert not shown.evaluate(cut)
