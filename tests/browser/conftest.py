"""A real browser for the tests in this folder; `live_server` serves them."""

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.scorer import scorer_at_work


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright):
    browser = playwright.chromium.launch(
        executable_path=chromium.installed(), args=chromium.flags()
    )
    yield browser
    browser.close()


@pytest.fixture
def new_context(browser, live_server):
    """Makes contexts, one for each person: new_context(java_script_enabled=False)."""
    contexts = []

    def make(**options):
        options = {"locale": "en-GB", **options}
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def scorer(live_server):
    """Somebody who makes suggestions while the test runs; without it, nobody does."""
    with scorer_at_work() as scorer:
        yield scorer


@pytest.fixture
def context(new_context):
    return new_context()


@pytest.fixture
def page(context):
    """An empty page. Errors in its console fail the test, unless it clears page.problems."""
    page = watched(context.new_page())
    yield page
    assert page.problems == []


# What htmx logs for a request that was on its way when the page was left.
ABORTED = ("htmx:sendAbort", "htmx:afterRequest")


def watched(page):
    """The page; page.problems collects the errors of its console and its scripts."""
    page.problems = []

    def listen(message):
        if message.type == "error" and not message.text.startswith(ABORTED):
            page.problems.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    return page
