"""A browser with a microphone that beeps; each context may use it only if it was granted."""

import pytest

from tests.browser import chromium
from tests.browser.conftest import watched


@pytest.fixture(scope="package")
def browser(playwright):
    flags = [*chromium.flags(), "--use-fake-device-for-media-stream"]
    browser = playwright.chromium.launch(executable_path=chromium.installed(), args=flags)
    yield browser
    browser.close()


@pytest.fixture
def context(new_context):
    """Somebody who lets the site use the microphone."""
    return new_context(permissions=["microphone"])


@pytest.fixture
def refusing(new_context):
    """A page of somebody who does not."""
    page = watched(new_context().new_page())
    yield page
    assert page.problems == []
