import pytest
from django.urls import reverse


@pytest.mark.django_db
def test_it_answers_with_one_statement(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Content-Type"] == "text/plain"
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_without_the_database_it_is_a_503(client, away):
    away()
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


@pytest.mark.django_db
def test_it_answers_over_plain_http_where_the_rest_is_redirected(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(reverse("healthz")).status_code == 200
    assert client.get("/").status_code == 301
