"""A real browser for the tests in this folder; `live_server` serves them."""

import pytest
from playwright.sync_api import sync_playwright

from attempts.marking import suggesting
from tests.browser import find


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find.installed(), args=find.flags())
        yield browser
        browser.close()


@pytest.fixture
def new_context(browser, live_server):
    """Makes contexts, each a person of its own: new_context(java_script_enabled=False)."""
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
    # What the pages had looked at must be done before the database is emptied.
    assert suggesting.wait_until_suggested(60)


@pytest.fixture
def context(new_context):
    return new_context()


@pytest.fixture
def page(context):
    """An empty page. A test fails by errors in its console too, unless it clears page.problems."""
    page = watched(context.new_page())
    yield page
    assert page.problems == []


# What htmx says of a request that was under way when the page was left.
GIVEN_UP = ("htmx:sendAbort", "htmx:afterRequest")


def watched(page):
    """The page, keeping in page.problems what its console and its scripts complain about."""
    page.problems = []

    def listen(said):
        if said.type == "error" and not said.text.startswith(GIVEN_UP):
            page.problems.append(said.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    return page
