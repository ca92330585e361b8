"""A candidate reads the follow-ups on a result, and corrects how each point was made."""

import pytest
from playwright.sync_api import expect

from attempts import transitions
from attempts.models import Answer, SaidHere
from tests.attempts.follow_ups import WHEN_ASKED
from tests.attempts.marking.answers import suggestion
from tests.browser.conftest import watched
from tests.browser.follow_ups_result import with_follow_ups
from tests.browser.steps import come_as_user, eventually, expect_failures, open_answers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answer():
    return with_follow_ups()


def open_result(page, answer) -> None:
    come_as_user(page.context, answer.attempt.user)
    page.goto(answer.attempt.get_absolute_url())
    open_answers(page, 1)


def stored(answer) -> tuple:
    row = Answer.objects.get(pk=answer.pk)
    return str(row.share), row.confirmed, [each.confirmed for each in row.follow_ups.all()]


def expect_share(page, answer, share: str) -> None:
    eventually(page, lambda: stored(answer)[0], share)


def group(page, words: str):
    """The choice of three for a point of the first question."""
    return page.locator("#marks-1").get_by_role("group", name=words)


def chosen(page) -> list[str]:
    """How each point is made as the page has it, in the order of the points."""
    return [
        page.locator(f"#marks-1 [name=how-{index}]:checked").get_attribute("value")
        for index in range(4)
    ]


def test_each_of_three_kinds_is_corrected_and_the_score_follows(page, answer):
    open_result(page, answer)
    assert chosen(page) == ["made", "asked", "missed", "missed"]
    for words, how, share in (
        ("It retries.", "made", "0.5000"),
        ("It retries.", "missed", "0.2500"),
        ("It logs.", "made when asked", "0.3750"),
        ("It caches.", "made when asked", "0.2500"),
    ):
        group(page, words).get_by_label(how, exact=True).check()
        expect_share(page, answer, share)
    expect(page.locator("#marked-1")).to_contain_text("Yours: 0 of 4, 2 more when asked")
    expect(page.locator("#pill-1")).to_contain_text("25 %")
    page.reload()
    assert chosen(page) == ["asked", "missed", "asked", "missed"]


def test_the_keyboard_chooses_too(page, answer):
    open_result(page, answer)
    group(page, "It retries.").get_by_label("made when asked").focus()
    page.keyboard.press("ArrowDown")
    expect_share(page, answer, "0.2500")
    expect(group(page, "It retries.").get_by_label("missed")).to_be_focused()
    page.keyboard.press("ArrowUp"), page.keyboard.press("ArrowUp")
    expect_share(page, answer, "0.5000")


def test_without_javascript_all_three_kinds_are_saved(new_context, answer):
    page = watched(new_context(java_script_enabled=False).new_page())
    come_as_user(page.context, answer.attempt.user)
    page.goto(answer.attempt.get_absolute_url() + "?show=all")
    expect(page.get_by_text("You skipped this follow-up.")).to_be_visible()
    expect(page.get_by_text("Too late for it.")).to_be_visible()
    for words, how in (("It caches.", "missed"), ("It retries.", "made"), ("It logs.", "asked")):
        group(page, words).locator(f"[value={how}]").check()
    page.locator("#marks-1").get_by_role("button", name="Save ticks").last.click()
    page.wait_for_url("**/review/?open=1#marks-1")
    assert stored(answer)[0] == "0.3750"
    assert chosen(page) == ["missed", "made", "asked", "missed"]


def test_a_choice_is_sent_again_after_the_network_failed(page, answer):
    open_result(page, answer)
    page.route("**/review/1/", lambda route: route.abort(), times=1)
    group(page, "It retries.").get_by_label("missed").check()
    expect_share(page, answer, "0.2500")
    expect_failures(page)


def test_what_an_engine_finds_in_a_follow_up_comes_into_the_page(page, answer):
    later = answer.follow_ups.last()
    Answer.objects.filter(pk=later.pk).update(engine="", suggested=None, evidence=None)
    open_result(page, answer)
    assert chosen(page) == ["made", "asked", "missed", "missed"]
    later.refresh_from_db()
    found = suggestion([False, False, False, True])
    assert transitions.store_suggestion(later.pk, later.revision, found)
    expect(page.locator("#state-1-3")).to_have_text("found when asked", timeout=20_000)
    assert chosen(page) == ["made", "asked", "missed", "asked"]


def test_words_selected_in_a_follow_up_show_a_point_that_was_made_there(page, answer):
    open_result(page, answer)
    group(page, "It logs.").get_by_label("made when asked").check()
    offer = page.locator("#said-1-2")
    expect(offer.get_by_text("I did say this")).to_be_visible()
    page.locator("#written-2").evaluate(
        """(written) => {
            const range = document.createRange();
            range.selectNodeContents(written);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    offer.get_by_role("button", name="I said it here").click()
    eventually(
        page, lambda: list(SaidHere.objects.values_list("point", "words")), [(2, WHEN_ASKED)]
    )
    assert SaidHere.objects.get().answer.position == 2


def test_an_address_leads_to_a_follow_up_in_a_closed_question(page, answer):
    come_as_user(page.context, answer.attempt.user)
    page.goto(answer.attempt.get_absolute_url() + "#report-3")
    expect(page.locator("#answer-1")).to_have_attribute("open", "")
