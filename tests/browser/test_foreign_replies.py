"""A portal's or proxy's page, or a reply that was cut off, is never taken for the site's answer."""

import re

import pytest
from playwright.sync_api import expect

from attempts.models import Report
from questions.models import Timing
from tests.browser import steps
from tests.browser.foreign import HTML, KINDS, answer_instead, state_elsewhere
from tests.browser.steps import (
    SAVE,
    attempt_of,
    box,
    come_as_guest,
    come_as_user,
    enter,
    eventually,
    expect_failures,
    leave_behind,
    on_question,
    open_answers,
    press,
    retrying,
    saved,
    start_as_guest,
    states_from_now_on,
    text_of,
    unsaved_texts,
)
from tests.factories import (
    PASSWORD,
    START,
    AnswerFactory,
    AttemptFactory,
    UserFactory,
    interview_of,
    published_question,
)

pytestmark = pytest.mark.django_db(transaction=True)
FOREIGN_TEXT = "We will be back soon"


def revision_of(page) -> str:
    return page.locator("#answer-form [name=revision]").input_value()


# --- the room ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_save_without_an_answer_of_ours_is_not_saved_and_sent_again(page, kind):
    attempt = start_as_guest(page, seconds_each=600)
    answer_instead(page, SAVE, kind)
    states = states_from_now_on(page)
    box(page).fill("once more")
    box(page).blur()
    retrying(page)
    assert "saved" not in states()
    assert (revision_of(page), unsaved_texts(page)) == ("0", ["once more"])
    assert page.get_by_role("dialog").count() == 0

    page.unroute(SAVE)
    saved(page)
    assert (text_of(attempt), revision_of(page)) == ("once more", "1")
    eventually(page, lambda: unsaved_texts(page), [])
    box(page).press_sequentially(", and on")
    eventually(page, lambda: text_of(attempt), "once more, and on")
    expect_failures(page)


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "cut off"])
@pytest.mark.parametrize("button", ["Submit answer", "Skip", "Finish interview"])
def test_a_button_without_an_answer_of_ours_changes_nothing_on_the_page(page, button, kind):
    attempt = start_as_guest(page, seconds_each=600)
    answer_instead(page, re.compile("/(submit|skip|finish|save)/$"), kind)
    box(page).fill("still here")
    press(page, button)
    expect(page.locator("#alert")).to_be_visible()
    expect(page.get_by_text(FOREIGN_TEXT)).to_have_count(0)
    expect(box(page)).to_have_value("still here")
    expect(box(page)).to_be_editable()
    eventually(page, lambda: unsaved_texts(page), ["still here"])
    expect(page.locator("#room")).to_have_attribute("data-position", "1")

    page.unroute_all()
    saved(page)
    assert text_of(attempt) == "still here"
    press(page, "Submit answer")
    on_question(page, 2)
    expect(page.locator("#alert")).to_be_hidden()
    expect_failures(page)


def test_a_submit_whose_reply_was_cut_off_goes_on_where_the_server_is(page):
    attempt = start_as_guest(page, seconds_each=600)
    answer_instead(page, "**/submit/", "cut off")
    box(page).fill("it arrived")
    press(page, "Submit answer")
    on_question(page, 2)
    assert text_of(attempt) == "it arrived"
    eventually(page, lambda: unsaved_texts(page), [])
    expect_failures(page)


@pytest.mark.parametrize("kind", KINDS)
def test_a_flag_and_a_move_are_not_replaced_by_a_foreign_page(page, kind):
    attempt = attempt_of(come_as_guest(page.context), timing=Timing.TOTAL, seconds_each=600)
    enter(page, attempt)
    answer_instead(page, re.compile("/(flag|move)/$"), kind)
    box(page).fill("still here")
    press(page, "Flag")
    expect(page.locator("#alert")).to_be_visible()
    page.get_by_role("button", name="Question 2", exact=False).click()
    expect(page.get_by_role("button", name="Question 2", exact=False)).to_be_visible()
    expect(page.get_by_text(FOREIGN_TEXT)).to_have_count(0)
    page.unroute_all(behavior="wait")
    eventually(page, lambda: text_of(attempt), "still here")
    expect_failures(page)


@pytest.mark.parametrize("mimic", ["page", "JSON"])
def test_a_foreign_reply_to_the_question_for_the_clock_leads_nowhere(page, mimic):
    page.clock.install()
    attempt = start_as_guest(page, seconds_each=600)
    body = HTML if mimic == "page" else state_elsewhere()
    kind = "text/html" if mimic == "page" else "application/json"
    page.route("**/clock/", lambda route: route.fulfill(body=body, content_type=kind))
    with page.expect_response("**/clock/"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.clock.run_for(1_000)
    expect(page).to_have_url(re.compile(f"{attempt.pk}/$"))
    box(page).fill("goes on")
    box(page).blur()
    saved(page)
    expect_failures(page)


@pytest.mark.parametrize("kind", ["portal", "other JSON", "empty", "portal's 401"])
def test_a_foreign_reply_to_the_log_in_over_the_page_logs_nobody_in(page, kind):
    user = UserFactory()
    attempt = attempt_of(come_as_user(page.context, user), seconds_each=600)
    enter(page, attempt)
    page.context.clear_cookies(name="sessionid")
    box(page).fill("still here")
    box(page).blur()
    dialog = page.get_by_role("dialog").filter(has=page.locator("form[data-login-url]"))
    expect(dialog).to_be_visible()
    answer_instead(page, "**/accounts/login/", kind)
    dialog.locator("[name=login]").fill(user.email)
    dialog.locator("[name=password]").fill(PASSWORD)
    dialog.locator("[name=password]").press("Enter")
    expect(dialog.get_by_role("alert")).to_be_visible()
    expect(dialog).to_be_visible()

    page.unroute_all()
    dialog.locator("[name=password]").press("Enter")
    saved(page)
    assert text_of(attempt) == "still here"
    expect_failures(page)


# --- the result -------------------------------------------------------------------------------


@pytest.fixture
def attempt(context):
    """A finished attempt of two answers, of which none is checked."""
    attempt = AttemptFactory(finished=True)
    for position in (1, 2):
        AnswerFactory(
            attempt=attempt,
            position=position,
            written=True,
            closed=True,
            opened_at=START,
            engine="none",
        )
    come_as_user(context, attempt.user)
    return attempt


def open_result(page, attempt):
    page.goto(f"/attempts/{attempt.pk}/review/")
    expect(page.locator("html.scripted")).to_be_attached()


@pytest.mark.parametrize("kind", KINDS)
def test_ticks_without_an_answer_of_ours_stay_and_are_sent_again(page, attempt, kind):
    open_result(page, attempt)
    open_answers(page, 1)
    page.clock.install()
    asked = answer_instead(page, re.compile(r"/review/1/$"), kind)
    tick = page.locator("#marks-1 [type=checkbox]").first
    tick.check()
    expect(page.locator("#alert")).to_be_visible()
    expect(page.get_by_text(FOREIGN_TEXT)).to_have_count(0)
    expect(tick).to_be_checked()
    assert len(asked) == 1
    page.unroute_all()
    page.clock.run_for(5_000)
    expect(page.locator("#marked-1 p")).to_be_visible()
    expect(page.locator("#alert")).to_be_hidden()
    assert attempt.answers.get(position=1).confirmed[0]
    expect_failures(page)


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_without_an_answer_of_ours_stays_in_its_form(page, attempt, kind):
    open_result(page, attempt)
    open_answers(page, 1)
    part = page.locator("#report-1")
    part.get_by_text("Report a problem").click()
    part.get_by_label("In your words").fill("Not since version 2.4.")
    answer_instead(page, "**/report/", kind)
    part.get_by_role("button", name="Send report").click()
    expect(page.locator("#alert")).to_be_visible()
    expect(part.get_by_label("In your words")).to_have_value("Not since version 2.4.")
    expect(page.get_by_text(FOREIGN_TEXT)).to_have_count(0)
    page.unroute_all()
    if kind != "cut off":  # that one has arrived
        part.get_by_role("button", name="Send report").click()
        expect(part.locator(".kept .meta")).to_be_focused()
    assert Report.objects.count() == 1
    expect_failures(page)


@pytest.mark.parametrize("kind", KINDS)
def test_a_left_over_text_without_an_answer_of_ours_stays_in_this_browser(page, attempt, kind):
    page.goto("/")
    entry = {"key": f"unsaved:{attempt.pk}:1:t:1", "revision": 0, "text": "left over"}
    leave_behind(page, entry)
    answer_instead(page, SAVE, kind)
    open_result(page, attempt)
    left = page.get_by_role("region", name="Text that is not with your result")
    expect(left).to_contain_text("left over")
    assert unsaved_texts(page) == ["left over"]
    page.unroute_all()
    page.reload()
    expect(page.locator(".kept").get_by_text("left over")).to_be_visible()
    page.wait_for_timeout(1_000)  # it reloads itself when the text was sent
    eventually(page, lambda: unsaved_texts(page), [])
    assert steps.kept_of(attempt) == [("late", "left over")]
    expect_failures(page)


@pytest.mark.parametrize("kind", ["portal", "empty", "other JSON", "portal's 401"])
def test_older_attempts_are_not_replaced_by_a_foreign_page(page, context, kind):
    user = UserFactory()
    for _ in range(25):
        AttemptFactory(user=user, finished=True)
    come_as_user(context, user)
    page.goto("/attempts/")
    answer_instead(page, re.compile(r"/attempts/\?before="), kind)
    page.get_by_role("link", name="Older attempts").click()
    expect(page.locator("#alert")).to_be_visible()
    expect(page.get_by_text(FOREIGN_TEXT)).to_have_count(0)
    page.unroute_all()
    page.get_by_role("link", name="Older attempts").click()
    expect(page.get_by_role("row")).to_have_count(26)
    expect_failures(page)


# --- the admin --------------------------------------------------------------------------------


@pytest.fixture
def editor(context):
    user = UserFactory(is_staff=True, is_superuser=True)
    come_as_user(context, user)
    return user


def only_script(route, answer):
    """Answers the script that asks whether somebody is logged in, and lets the page itself pass."""
    if route.request.headers.get("x-page-script"):
        answer(route)
    else:
        route.fallback()


@pytest.mark.parametrize("status", [200, 401])
def test_a_form_of_the_admin_stays_where_a_portal_answers_before_it_is_sent(page, editor, status):
    question = published_question()
    url = f"/admin/questions/question/{question.pk}/change/"
    page.goto(url)
    page.get_by_role("textbox", name="Answer:", exact=True).fill("Typed.")
    page.route(
        f"**{url}",
        lambda route: only_script(
            route, lambda r: r.fulfill(status=status, body=HTML, content_type="text/html")
        ),
    )
    press(page, "Save and continue editing")
    expect(page.get_by_role("alert").filter(has_text="can't be reached")).to_be_visible()
    expect(page.get_by_text(FOREIGN_TEXT)).to_have_count(0)
    page.unroute_all()
    press(page, "Save and continue editing")
    expect(page.locator(".messagelist")).to_contain_text("The texts are now version 2.")
    expect_failures(page)


def test_a_part_of_an_admin_form_is_not_replaced_by_a_foreign_page(page, editor):
    interview = interview_of(1)
    page.goto(f"/admin/questions/interview/{interview.pk}/change/")
    expect(page.locator("#fill").get_by_role("listitem")).to_have_count(1)
    answer_instead(page, "**/fill/", "portal")
    page.locator("#id_slots-0-seconds").fill("70")
    expect(page.locator("#fill").get_by_role("alert")).to_be_visible()
    expect(page.get_by_text(FOREIGN_TEXT)).to_have_count(0)
    expect_failures(page)


def test_what_a_portal_swallowed_is_offered_again_whatever_else_succeeds(page, editor):
    question = published_question()
    url = f"/admin/questions/question/{question.pk}/change/"
    page.goto(url)
    page.get_by_role("textbox", name="Answer:", exact=True).fill("Swallowed.")
    page.route(
        f"**{url}",
        lambda route: (
            route.fulfill(body=HTML, content_type="text/html")
            if route.request.method == "POST"
            else route.fallback()
        ),
    )
    press(page, "Save and continue editing")
    expect(page.get_by_text(FOREIGN_TEXT)).to_be_visible()
    page.unroute_all()
    page.context.clear_cookies(name="sessionid")
    page.goto("/accounts/login/?next=/admin/")  # its message says success, of something else
    page.get_by_label("Email").fill(editor.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(url)
    expect(page.get_by_role("status").filter(has_text="did not save")).to_be_visible()
    expect_failures(page)
