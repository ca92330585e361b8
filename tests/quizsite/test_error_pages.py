"""The pages for 400 and 500: they explain, and give nothing away."""

import pytest
from django.test import Client
from django.urls import path

from quizsite import urls

SECRET = "kept from everybody"


def broken(request):
    local = SECRET  # noqa: F841 - a traceback would show it
    raise RuntimeError(SECRET)


urlpatterns = [*urls.urlpatterns, path("broken/", broken)]


@pytest.mark.urls(__name__)
def test_a_500_needs_no_database_and_gives_nothing_away():
    """Without the database mark any statement would raise."""
    client = Client(raise_request_exception=False)
    response = client.get("/broken/")
    html = response.content.decode()
    assert response.status_code == 500
    assert response.templates[0].name == "500.html"
    for leak in (SECRET, "RuntimeError", "Traceback", "test_error_pages"):
        assert leak not in html
    assert "script" not in html
    assert "Content-Security-Policy" in response.headers


@pytest.mark.django_db
def test_a_forged_host_is_refused(client, settings):
    settings.ALLOWED_HOSTS = ["example.org"]
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert response.templates[0].name == "400.html"
    assert "evil.example" not in response.content.decode()
    assert "Content-Security-Policy" in response.headers
