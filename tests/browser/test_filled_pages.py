"""Every page with the data of somebody who has practised: no rule of axe-core is broken, no word is
cut in two, lies over another or stands outside of the window. One context for each kind of screen.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from attempts.owners import Owner
from quizsite.clock import database_now
from tests.attempts.practice.recall import answered
from tests.browser.conftest import watched
from tests.browser.follow_ups_result import with_follow_ups
from tests.browser.layout import OPEN_EVERYTHING, layout_faults
from tests.browser.results import result_of_five
from tests.browser.steps import attempt_of, come_as_user, press
from tests.browser.test_axe import broken

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]


@pytest.fixture(params=SCREENS, ids=lambda screen: "-".join(map(str, screen)))
def page(request, new_context):
    width, scheme = request.param
    size = {"width": width, "height": 844}
    return watched(new_context(bypass_csp=True, viewport=size, color_scheme=scheme).new_page())


def faults(page) -> list:
    """With everything open that can be opened."""
    page.evaluate(OPEN_EVERYTHING)
    return [*broken(page).items(), *layout_faults(page)]


def test_pages_of_somebody_who_has_practised(page):
    attempt = result_of_five(page.context)
    owner, result = Owner(user_id=attempt.user_id), attempt.get_absolute_url()
    asked = attempt.answers.select_related("version").get(position=1).version.question_id
    for days in (12, 5):
        answered(owner, "0.5", at=database_now() - timedelta(days=days))
    mine = f"/attempts/{attempt.pk}"
    addresses = [
        *("/", "/practice/", "/questions/", f"/questions/{asked}/", "/own-interviews/"),
        *("/attempts/", "/attempts/?words=sentence", "/attempts/?words=nothinglikeit"),
        *(result, f"{result}?show=all", f"{mine}/share/", f"{mine}/delete/"),
        *("/accounts/data/", "/attempts/delete/", "/accounts/delete/"),
    ]
    found = {}
    for address in addresses:
        page.goto(address)
        found[address] = faults(page)
    answer = with_follow_ups()
    come_as_user(page.context, answer.attempt.user)
    page.goto(f"{answer.attempt.get_absolute_url()}?show=all")
    page.get_by_role("radio", name="made when asked").nth(2).check()
    expect(page.locator("#marked-1")).to_contain_text("Yours")
    found["follow-ups"] = faults(page)
    come_as_user(page.context, attempt.user)
    running = attempt_of(owner)
    for address in ("/", f"/attempts/{running.pk}/", f"/attempts/{running.pk}/discard/"):
        page.goto(address)
        found[f"running: {address}"] = faults(page)
    page.goto(f"/attempts/{running.pk}/")
    press(page, "Finish interview")
    page.get_by_role("heading", name="Ready to finish?").wait_for()
    found["finish"] = faults(page)
    assert {address: left for address, left in found.items() if left} == {}
