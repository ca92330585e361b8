"""Reading a result: what is being read stays where it is, and what changes is said."""

import pytest
from playwright.sync_api import expect

from attempts import transitions
from attempts.models import Answer, Attempt
from tests.attempts.marking.answers import suggestion
from tests.browser.steps import come_as_user, eventually, expect_failures, hold, open_answers
from tests.factories import AnswerFactory, AttemptFactory, UserFactory, published_question

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Every change is recorded in a history. " + "I like tea. " * 60
POINTS = ["Every change is recorded in a history.", "Several people can work at the same time."]


def result_of(context, answers: int, **fields) -> Attempt:
    """Somebody's finished attempt with so many answers."""
    user = UserFactory()
    attempt = AttemptFactory(user=user, finished=True)
    for position in range(1, answers + 1):
        version = published_question(key_points=POINTS).current_version
        AnswerFactory(
            attempt=attempt, version=version, position=position, text=LONG, closed=True, **fields
        )
    come_as_user(context, user)
    return attempt


def waits_for_an_engine(page, answers: int = 3) -> Attempt:
    """A result whose answers no engine has looked at, because none is at work yet."""
    attempt = result_of(page.context, answers)
    page.goto(attempt.get_absolute_url())
    return attempt


def check(attempt, *positions) -> None:
    """An engine finds the first point of these answers."""
    for answer in attempt.answers.filter(position__in=positions):
        assert transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, False]))


def marked(page) -> None:
    """Leave a mark that a reload would take away."""
    page.evaluate("window.isTheSamePage = true")


def is_the_same(page) -> bool:
    return page.evaluate("window.isTheSamePage === true")


def test_what_an_engine_finds_comes_into_the_page_and_nothing_else_moves(page):
    attempt = waits_for_an_engine(page)
    open_answers(page, 1, 3)
    marked(page)
    page.locator("#answer-3").get_by_text("Model answer, how to answer").click()
    model = page.locator("#answer-3").get_by_text("What is true.", exact=True)
    model.scroll_into_view_if_needed()
    page.evaluate("window.node = document.querySelector('#marks-2')")
    before = model.bounding_box()["y"]
    check(attempt, 1)
    expect(page.locator("#pill-1")).to_contain_text("1 of 2 points", timeout=15_000)
    expect(page.locator("#marks-1").get_by_role("checkbox", name="Every change")).to_be_checked()
    expect(page.locator("#written-1 mark")).to_have_count(1)
    assert is_the_same(page)
    assert page.evaluate("window.node.isConnected")
    expect(model).to_be_visible()
    assert abs(model.bounding_box()["y"] - before) < 2
    check(attempt, 2, 3)
    expect(page.locator("#announcements")).to_contain_text("checked", timeout=15_000)
    expect(page.locator("#waiting")).to_have_count(0)
    expect(page.get_by_role("heading", name="Automatic score")).to_be_visible()
    assert is_the_same(page)
    assert abs(model.bounding_box()["y"] - before) < 2


def test_the_focus_stays_on_a_tick_that_is_shown_anew(page):
    attempt = waits_for_an_engine(page, answers=1)
    box = page.get_by_role("checkbox", name="Several people")
    box.focus()
    check(attempt, 1)
    expect(page.locator("#pill-1")).to_contain_text("1 of 2 points", timeout=15_000)
    expect(page.get_by_role("checkbox", name="Several people")).to_be_focused()


def test_a_tick_on_its_way_is_not_lost_to_what_an_engine_finds(page):
    attempt = waits_for_an_engine(page, answers=2)
    open_answers(page, 1)
    held = hold(page, "**/review/1/", times=1)
    page.locator("#marks-1").get_by_role("checkbox", name="Several people").check()
    eventually(page, lambda: len(held), 1)
    check(attempt, 1, 2)
    page.wait_for_timeout(5_000)
    expect(page.locator("#marks-1").get_by_role("checkbox", name="Several")).to_be_checked()
    held[0].continue_()
    expect(page.locator("#pill-2")).to_contain_text("1 of 2 points", timeout=20_000)
    expect(page.locator("#marks-1").get_by_role("checkbox", name="Several")).to_be_checked()
    expect(page.locator("#marks-1").get_by_role("checkbox", name="Every")).not_to_be_checked()
    assert Answer.objects.get(attempt=attempt, position=1).confirmed == [False, True]


def test_a_tick_that_could_not_be_sent_stays_too(page):
    attempt = waits_for_an_engine(page, answers=1)
    page.route("**/review/1/", lambda route: route.abort())
    page.get_by_role("checkbox", name="Several people").check()
    check(attempt, 1)
    expect(page.locator("#pill-1")).to_contain_text("1 of 2 points", timeout=20_000)
    expect(page.get_by_role("checkbox", name="Several people")).to_be_checked()
    page.problems.clear()


def test_ticks_on_their_way_are_kept_when_the_page_is_left(page):
    attempt = result_of(page.context, 1)
    page.goto(attempt.get_absolute_url())
    held = hold(page, "**/review/1/", times=1)
    for text in POINTS:
        page.locator("#marks-1").get_by_label(text).check()  # the second waits for the first
    eventually(page, lambda: len(held), 1)
    page.goto("/")
    eventually(page, lambda: attempt.answers.get().confirmed, [True, True])
    expect_failures(page)


def test_the_answers_of_a_screening_are_all_in_the_page(page):
    attempt = checked_result(page.context, 6)
    attempt.answers.update(confirmed=[True, False])
    page.goto(attempt.get_absolute_url())
    expect(page.locator("details.answer[open], noscript")).to_have_count(0)


def test_answers_that_are_closed_are_filled_with_what_was_found(page):
    attempt = waits_for_an_engine(page, answers=7)
    expect(page.locator("#answer-7 noscript")).to_have_count(1)
    check(attempt, *range(1, 8))
    expect(page.locator("#pill-7")).to_contain_text("1 of 2 points", timeout=15_000)
    page.locator("#answer-7 > summary").click()
    expect(page.locator("#written-7 mark")).to_have_count(1)
    page.locator("#answer-7").get_by_text("Model answer, how to answer").click()
    expect(page.locator("#answer-7").get_by_text("What to stress.")).to_be_visible()
    page.locator("#marks-7").get_by_role("checkbox", name="Several people").check()
    expect(page.locator("#pill-7")).to_contain_text("2 of 2 points")


def test_a_text_that_was_left_in_the_browser_comes_in_without_a_reload(page):
    attempt = result_of(page.context, 1, engine="test-1", suggested=[False, False])
    page.goto(attempt.get_absolute_url())
    kept = '{"revision": 0, "text": "Written on a train."}'
    page.evaluate(
        f"""() => localStorage.setItem("unsaved:{attempt.pk}:1:other:1", '{kept}')""",
    )
    page.add_init_script("addEventListener('load', () => { window.loads = 1; })")
    page.goto(attempt.get_absolute_url())
    marked(page)
    expect(page.locator("#texts-1")).to_contain_text("Written on a train.")
    assert is_the_same(page)
    page.problems.clear()  # the console lists the 410 of a text that came late


# --- closed sections --------------------------------------------------------------------------


def checked_result(context, answers: int) -> Attempt:
    found = {"confidence": 0.9, "text": POINTS[0]}
    return result_of(
        context,
        answers,
        engine="test-1",
        suggested=[True, False],
        evidence=[found, {"confidence": 0.1, "text": None}],
        share="0.5",
    )


def test_a_result_of_24_answers_has_few_elements(page):
    attempt = checked_result(page.context, 24)
    page.goto(attempt.get_absolute_url())
    assert page.evaluate("document.querySelectorAll('*').length") < 900
    expect(page.locator("details.answer")).to_have_count(24)
    expect(page.locator("details.answer[open]")).to_have_count(0)


def test_an_address_within_an_answer_that_is_closed_leads_there(page):
    attempt = checked_result(page.context, 9)
    page.goto(f"{attempt.get_absolute_url()}#marks-9")
    expect(page.locator("#marks-9")).to_be_in_viewport()
    page.goto(f"{attempt.get_absolute_url()}#report-8")
    expect(page.locator("#report-8")).to_be_in_viewport()


def test_everything_is_there_to_be_printed(page):
    attempt = checked_result(page.context, 7)
    page.goto(attempt.get_absolute_url())
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#written-7")).to_have_count(1)
    assert page.locator("details.strong-answer > .prose").count() == 3 * 7


@pytest.mark.parametrize("fails", [False, True])
def test_without_scripts_everything_can_be_opened(new_context, fails):
    context = new_context(java_script_enabled=fails)
    attempt = checked_result(context, 7)
    page = context.new_page()
    if fails:
        page.route("**/*.js", lambda route: route.abort())
    page.goto(attempt.get_absolute_url())
    page.locator("#answer-7 > summary").click()
    way_out = page.locator("#answer-7 > .scripts-failed")
    expect(way_out).to_be_visible(visible=fails)
    if fails:
        way_out.click()
    expect(page.locator("#written-7")).to_be_visible()
    page.locator("#answer-7 summary").filter(has_text="Model answer").click()
    expect(page.locator("#answer-7 p").filter(has_text="I would say")).to_be_visible()


# --- what is said, and where the focus is -------------------------------------------------------


def watch_region(page) -> None:
    """Collect what a screen reader reads out: changes within regions that are there by now."""
    page.evaluate("""() => {
        window.announced = [];
        const regions = "[role=status], [role=alert], [aria-live]";
        for (const region of document.querySelectorAll(regions)) {
            new MutationObserver(() => window.announced.push(region.textContent.trim()))
                .observe(region, { childList: true, characterData: true, subtree: true });
        }
    }""")


def announced(page) -> list[str]:
    return [words for words in page.evaluate("window.announced") if words]


def test_ticks_are_read_out(page):
    attempt = checked_result(page.context, 1)
    page.goto(attempt.get_absolute_url())
    watch_region(page)
    page.get_by_role("checkbox", name="Several people").check()
    expect(page.locator("#pill-1")).to_have_text("100 %, 2 of 2 points")
    assert announced(page) == ["Yours: 2 of 2 (automatic: 1)"]
    page.get_by_role("checkbox", name="Several people").uncheck()
    expect(page.locator("#pill-1")).to_have_text("50 %, 1 of 2 points")
    assert announced(page)[1:] == ["Yours: 1 of 2 (automatic: 1)"]


def test_what_is_accepted_takes_the_focus_instead(page):
    attempt = checked_result(page.context, 1)
    page.goto(attempt.get_absolute_url())
    watch_region(page)
    page.get_by_role("button", name="Accept", exact=True).press("Enter")
    expect(page.locator("#marked-1 p")).to_be_focused()
    assert announced(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_report_that_is_refused_has_the_focus_where_the_mistake_is(new_context, scripts):
    context = new_context(java_script_enabled=scripts)
    attempt = checked_result(context, 7)
    page = context.new_page()
    page.goto(attempt.get_absolute_url())
    page.locator("#answer-7 > summary").press("Enter")
    page.locator("#report-7").get_by_text("Report a problem").press("Enter")
    box = page.locator("#report-7").get_by_label("In your words")
    box.fill("  ")
    page.locator("#report-7").get_by_role("button", name="Send report").press("Enter")
    expect(page.locator("#report-error-7")).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_accessible_description("Say in a few words what is wrong.")
    box.fill("The second point.")
    page.locator("#report-7").get_by_role("button", name="Send report").press("Enter")
    expect(page.locator("#report-7")).to_contain_text("Sent")
    if scripts:
        expect(page.locator("#report-7 p").first).to_be_focused()


def test_words_that_are_refused_take_the_focus(page):
    attempt = checked_result(page.context, 1)
    page.goto(attempt.get_absolute_url())
    page.get_by_role("checkbox", name="Several people").check()
    page.get_by_text("I did say this", exact=True).click()
    Answer.objects.update(text="Something else.")
    page.locator(".sentence").last.press("Enter")
    expect(page.locator(".refused")).to_be_focused()
    page.problems.clear()


# --- copying ------------------------------------------------------------------------------------


def test_copying_ones_answer_copies_the_answer(page):
    attempt = checked_result(page.context, 1)
    Answer.objects.update(text="Every change is recorded in a history. So what.\n\nNext line.")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(attempt.get_absolute_url())
    expect(page.locator("#written-1 sup")).to_have_count(1)
    page.locator("#written-1").evaluate("written => getSelection().selectAllChildren(written)")
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == Answer.objects.get().text
