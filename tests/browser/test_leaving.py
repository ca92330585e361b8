"""The page asks before it goes where a text would be nowhere else, and only there."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    SAVE,
    attempt_of,
    box,
    come_as_guest,
    come_as_user,
    enter,
    expect_failures,
    on_question,
    pass_time,
    press,
    ready,
    saved,
    start_as_guest,
    text_of,
)
from tests.factories import START, AnswerFactory, AttemptFactory, UserFactory, published_question

pytestmark = pytest.mark.django_db(transaction=True)

REFUSE_STORAGE = """const get = () => { throw new DOMException("no", "SecurityError"); };
for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
    Object.defineProperty(window, name, { get });
}"""
FULL = """const full = () => { throw new DOMException("full", "QuotaExceededError"); };
Storage.prototype.setItem = full;
IDBObjectStore.prototype.put = full;"""
NETS = ["switched off", "refused", "full"]


def without_a_net(page, net):
    """From now on this browser keeps no text."""
    if net == "refused":
        page.add_init_script(REFUSE_STORAGE)
    elif net == "full":
        page.add_init_script(FULL)
    else:
        page.add_init_script("try { localStorage.setItem('option:mirror', 'off') } catch {}")


def asked(page) -> list[str]:
    """The questions that the browser asks from now on; each is answered with Leave."""
    questions = []
    page.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.accept()))
    return questions


def type_offline(page, text="nowhere else"):
    page.route(SAVE, lambda route: route.abort())
    box(page).press_sequentially(text)


@pytest.mark.parametrize("net", NETS)
@pytest.mark.parametrize("way", ["close", "reload", "link"])
def test_the_room_asks_where_nothing_has_the_text(page, net, way):
    without_a_net(page, net)
    start_as_guest(page, seconds_each=600)
    questions = asked(page)
    type_offline(page)
    if way == "close":
        page.close(run_before_unload=True)
        page.wait_for_event("close")
    elif way == "reload":
        page.reload()
    else:
        page.goto("/")
    assert questions == ["beforeunload"]
    expect_failures(page)


def test_the_room_asks_nothing_where_this_browser_keeps_the_text(page):
    start_as_guest(page, seconds_each=600)
    questions = asked(page)
    type_offline(page, "kept here")
    page.goto("/")
    assert questions == []
    expect_failures(page)


@pytest.mark.parametrize("net", NETS)
def test_the_room_asks_nothing_where_the_site_has_the_text(page, net):
    without_a_net(page, net)
    attempt = start_as_guest(page, seconds_each=600)
    questions = asked(page)
    page.reload()
    ready(page)
    box(page).press_sequentially("with the site")
    box(page).blur()
    saved(page)
    page.reload()
    ready(page)
    box(page).press_sequentially(", and on")
    press(page, "Submit answer")
    on_question(page, 2)
    box(page).press_sequentially("the last")
    press(page, "Submit answer")  # leads to the result
    expect(page).to_have_url(re.compile("/review/$"))
    assert [text_of(attempt, n) for n in (1, 2)] == ["with the site, and on", "the last"]
    assert questions == []
    expect_failures(page)


def test_who_stays_has_the_text_and_it_is_saved(page):
    without_a_net(page, "switched off")
    attempt = start_as_guest(page, seconds_each=600)
    page.on("dialog", lambda dialog: dialog.dismiss())
    type_offline(page, "still here")
    page.evaluate("location.assign('/')")
    expect(box(page)).to_have_value("still here")
    page.unroute_all()
    saved(page)
    assert text_of(attempt) == "still here"
    expect_failures(page)


def test_a_text_that_was_refused_is_shown_when_the_next_question_comes(page):
    without_a_net(page, "switched off")
    attempt = attempt_of(come_as_guest(page.context))
    enter(page, attempt)
    questions = asked(page)
    box(page).fill("long " * 4_001)
    box(page).blur()
    expect(page.locator("#answer-error")).to_contain_text("20,000")
    pass_time(attempt, 61)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    on_question(page, 2)
    left = page.get_by_role("region", name="Text that was not saved")
    expect(left).to_contain_text("question 1")
    expect(left.locator(".written")).to_have_text(re.compile("^(long ?){4001}$"))
    page.goto("/")
    assert questions == ["beforeunload"]
    expect_failures(page)


# --- other boxes ------------------------------------------------------------------------------


def report_form(page):
    attempt = AttemptFactory(finished=True)
    traits = {"written": True, "closed": True, "opened_at": START, "engine": "none"}
    AnswerFactory(attempt=attempt, position=1, **traits)
    come_as_user(page.context, attempt.user)
    page.goto(f"/attempts/{attempt.pk}/review/")
    form = page.locator("#report-1")
    form.get_by_text("Report a problem").click()
    return form


@pytest.mark.parametrize("state", ["typed", "by an extension", "refused"])
def test_a_report_that_was_not_sent_is_asked_about(page, state):
    form = report_form(page)
    questions = asked(page)
    words = form.get_by_label("In your words")
    if state == "typed":
        words.fill("Not since version 2.4.")
    elif state == "by an extension":
        words.evaluate("box => { box.value = 'Not since version 2.4.' }")
    else:
        words.fill("Not since version 2.4.")
        form.locator("select option").first.evaluate("option => { option.value = 'none' }")
        form.get_by_role("button", name="Send report").click()
        expect(form.locator("select")).to_be_focused()
        expect(form.get_by_label("In your words")).to_have_value("Not since version 2.4.")
    page.goto("/")
    assert questions == ["beforeunload"]
    expect_failures(page)


def test_a_report_that_was_sent_or_never_begun_is_not_asked_about(page):
    form = report_form(page)
    questions = asked(page)
    page.reload()
    form.get_by_text("Report a problem").click()
    form.get_by_label("In your words").fill("Not since version 2.4.")
    form.get_by_role("button", name="Send report").click()
    expect(form.locator(".kept .meta")).to_be_focused()
    page.goto("/")
    assert questions == []


def test_a_box_on_another_page_of_the_admin_is_asked_about(page):
    """Where somebody gives a reason for changing many questions."""
    come_as_user(page.context, UserFactory(is_staff=True, is_superuser=True))
    for number in range(21):
        published_question(prompt=f"What is meant by {number} of many?")
    page.goto("/admin/questions/question/")
    page.locator("#action-toggle").check()
    page.locator("[name=action]").first.select_option(index=1)
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()
    questions = asked(page)
    page.locator("#why").click()
    page.locator("#why").press_sequentially("They are out of date.")
    page.reload()
    assert questions == ["beforeunload"]


def test_the_page_that_gives_a_refused_text_back_asks_until_it_is_sent(page):
    """It is the only copy: a form without htmx came back with the text."""
    user = UserFactory()
    attempt = attempt_of(come_as_user(page.context, user), seconds_each=600)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"/attempts/{attempt.pk}/")
    page.unroute_all()
    box(page).fill("the only copy")
    page.context.clear_cookies(name="sessionid")
    press(page, "Submit answer")
    expect(page.get_by_role("heading", name="You are logged out")).to_be_visible()
    questions = asked(page)
    expect(page.locator("html.scripted")).to_be_attached()
    box(page).click()  # a browser asks only somebody who did something on the page
    page.reload()
    assert questions[:1] == ["beforeunload"]
    questions.clear()
    come_as_user(page.context, user)
    page.goto(f"/attempts/{attempt.pk}/")
    assert questions == []
    expect_failures(page)
