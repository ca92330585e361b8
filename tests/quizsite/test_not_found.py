"""The site's own page for what does not exist."""

from uuid import UUID

import pytest

from tests.plain_browser import visit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("address", ["/nowhere/", f"/attempts/{UUID(int=1)}/", "/attempts/x/"])
def test_an_address_without_a_page_gets_the_sites_own(client, settings, address, debug):
    settings.DEBUG = debug
    page = visit(client, address)
    assert page.status == 404
    assert "404.html" in {template.name for template in page.response.templates}
    assert "DEBUG" not in page.words
    assert page.link("All interviews") == "/"
    assert page.link("My attempts") == "/attempts/"


def test_hazard_39_the_page_gives_nothing_away(client):
    for address in ("/nothing/?password=hunter2", "/attempts/nonsense/"):
        html = client.get(address).content.decode()
        for leak in ("hunter2", "Traceback", "urlpatterns", "quizsite.urls", "DEBUG"):
            assert leak not in html
