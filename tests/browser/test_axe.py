"""No page breaks a rule of axe-core, except those that Django's own admin breaks."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from attempts.models import Attempt
from attempts.statistics.compute import refresh
from questions.models import Timing
from tests.attempts.practice.recall import answered
from tests.attempts.said import said
from tests.attempts.statistics.rows import statistics_of
from tests.browser.conftest import watched
from tests.browser.results import result_of_five
from tests.browser.steps import box, buttons_act, come_as_user, press, ready
from tests.factories import (
    START,
    AnswerFactory,
    AttemptFactory,
    UserFactory,
    interview_of,
    published_question,
)

pytestmark = pytest.mark.django_db(transaction=True)

# Django's own admin breaks these: breadcrumbs and links in texts, small filters, names of its
# lists, the label of its search box, a page without h1.
BROKEN_BY_DJANGO = {
    *("link-in-text-block", "target-size", "aria-prohibited-attr"),
    *("label-title-only", "page-has-heading-one"),
}

# The script that names the boxes of Django's autocomplete has run.
BOXES_ARE_NAMED = (
    "() => !document.querySelector('.admin-autocomplete + * [role=combobox]:not([aria-label])')"
)


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["1280-light", "390-dark"])
def page(request, new_context):
    """A page in which axe can run, although the site's policy forbids foreign scripts."""
    width, scheme = request.param
    size = {"width": width, "height": 844}
    context = new_context(bypass_csp=True, viewport=size, color_scheme=scheme)
    return watched(context.new_page())


def broken(page) -> dict[str, list[str]]:
    """The rules that the page breaks, each with the elements that break it."""
    violations = Axe().run(page).response["violations"]
    return {rule["id"]: [node["html"][:160] for node in rule["nodes"]] for rule in violations}


def broken_at(page, *addresses) -> dict[str, dict]:
    """broken() for each address whose page breaks a rule."""
    broken_rules = {}
    for address in addresses:
        page.goto(address)
        page.wait_for_function(BOXES_ARE_NAMED)
        if rules := broken(page):
            broken_rules[address] = rules
    return broken_rules


def test_before_an_interview(page):
    interview = interview_of(2, timing=Timing.TOTAL)
    accounts = [f"/accounts/{name}/" for name in ("login", "signup", "password/reset")]
    assert broken_at(page, "/", interview.get_absolute_url(), "/attempts/", *accounts) == {}


def test_an_interview_of_ones_own(page):
    published_question()
    page.goto("/own-interviews/")
    assert broken(page) == {}
    page.get_by_label("One clock for all questions").check()
    press(page, "Start interview")
    expect(page.get_by_text("Only 1 matches").first).to_be_visible()
    assert broken(page) == {}
    page.get_by_label("Number of questions").fill("1")
    page.get_by_label("Name").fill("Before Friday")
    press(page, "Save")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before Friday")
    own = page.url
    assert broken_at(page, own, f"{own}change/", f"{own}delete/", "/own-interviews/", "/") == {}
    page.problems.clear()  # the console lists the 409


@pytest.mark.parametrize("timing", [Timing.TOTAL, Timing.PER_QUESTION])
def test_an_interview_from_start_to_result(page, timing):
    page.goto(interview_of(2, timing=timing).get_absolute_url())
    press(page, "Start interview")
    ready(page)
    assert broken(page) == {}
    box(page).fill("An answer in a few words.")
    press(page, "Options")
    assert broken(page) == {}
    press(page, "Done")
    press(page, "Finish interview")
    expect(page.get_by_role("heading", name="Ready to finish?")).to_be_visible()
    assert broken(page) == {}
    press(page, "Finish interview")
    expect(page.get_by_role("heading", name="Answer by answer")).to_be_visible()
    assert broken(page) == {}
    assert broken_at(page, "/attempts/", f"{Attempt.objects.get().get_absolute_url()}") == {}


def test_a_result_in_doubt(page):
    user = UserFactory()
    attempt = AttemptFactory(user=user, finished=True)
    points = [f"Idea {number}." for number in range(1, 5)]
    version = published_question(key_points=points).current_version
    unsure, opposite = (0.4, "true", None), (0.5, "true", "It is false.")
    doubts = [(0.9, "true", None), unsure, opposite, (0, None, None)]
    answer = AnswerFactory(
        attempt=attempt, version=version, written=True, closed=True, engine="test-1",
        suggested=[True, False, False, False],
        evidence=[{"confidence": c, "text": text, "opposite": o} for c, text, o in doubts],
    )  # fmt: skip
    come_as_user(page.context, user)
    page.goto(attempt.get_absolute_url())
    assert broken(page) == {}
    page.get_by_label("Idea 4.").check()
    page.get_by_text("I did say this", exact=True).click()
    assert broken(page) == {}
    page.get_by_role("button", name=answer.text).click()
    expect(page.get_by_text("shown by you").last).to_be_visible()
    assert broken(page) == {}


def test_a_whole_result(page):
    attempt = result_of_five(page.context)
    page.goto(attempt.get_absolute_url())
    assert broken(page) == {}
    page.goto(f"{attempt.get_absolute_url()}?show=all")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert broken(page) == {}


@pytest.mark.usefixtures("scorer")
def test_practice(page):
    owner = come_as_user(page.context, UserFactory())
    for _ in range(2):
        answered(owner, "0.5", at=START)
    reasons = ("due", "missed", "result", "topic", "question", "withdrawn")
    nothing = [f"/practice/?nothing={reason}" for reason in reasons]
    assert broken_at(page, "/practice/", *nothing) == {}
    page.goto("/practice/")
    press(page, "Practise what is due")
    for number in (1, 2):
        ready(page)
        assert broken(page) == {}
        box(page).fill("An answer in a few words.")
        press(page, "Leave practice")
        expect(page.get_by_role("heading", name="Leave this practice?")).to_be_visible()
        assert broken(page) == {}
        press(page, "Leave practice")
        page.wait_for_url("**/review/")
        expect(page.locator("#waiting")).to_have_count(0)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert broken(page) == {}
        if number == 1:
            buttons_act(page)
            page.locator("[data-next]").click()
    expect(page.locator("#summary")).to_be_visible()


def test_an_account(page):
    come_as_user(page.context, UserFactory())
    places = ("email", "password/change", "2fa", "2fa/totp/activate")
    assert broken_at(page, *[f"/accounts/{place}/" for place in places]) == {}


def test_the_admin(page):
    question = published_question(prompt="What is a feature store?")
    interview = interview_of(1, timing=Timing.TOTAL)
    attempt = AttemptFactory(finished=True)
    AnswerFactory(attempt=attempt, version=question.current_version, written=True, closed=True)
    said(question, "It keeps what models read.")
    refresh(now=START)
    statistics_of(discrimination=0.01)
    come_as_user(page.context, UserFactory(is_staff=True, is_superuser=True))
    places = (
        *("", "questions/question/", "questions/question/add/", "questions/question/import/"),
        *(f"questions/question/{question.pk}/change/", "questions/topic/"),
        *(f"questions/question/{question.pk}/words/", "questions/question/guide/"),
        *("questions/interview/", f"questions/interview/{interview.pk}/change/"),
        *("attempts/questionstatistics/", f"attempts/questionstatistics/{question.pk}/"),
        *("attempts/report/", "attempts/attempt/", f"attempts/attempt/{attempt.pk}/change/"),
    )
    everything = broken_at(page, *[f"/admin/{place}" for place in places])
    ours = {
        address: left
        for address, rules in everything.items()
        if (left := {rule: nodes for rule, nodes in rules.items() if rule not in BROKEN_BY_DJANGO})
    }
    assert ours == {}
