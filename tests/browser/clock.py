"""The clock as the page shows it, and time that goes by."""

from playwright.sync_api import Page

from attempts.models import Attempt
from tests.browser.steps import pass_time, ready


def timer(page: Page):
    return page.get_by_role("timer", name="Time left")


def shown_seconds(page: Page) -> int:
    minutes, seconds = timer(page).text_content().split(":")
    return int(minutes) * 60 + int(seconds)


def reload_later(page: Page, attempt: Attempt, seconds: float) -> None:
    """Let time go by that the page does not see, then load it again."""
    pass_time(attempt, seconds)
    page.reload()
    ready(page)
