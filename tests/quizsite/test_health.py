"""What a balancer, a container and a person are told of this process."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from attempts.scoring import weights
from quizsite import health
from tests.factories import UserFactory
from tests.plain_browser import logged_in

PROBES = ("/healthz", "/readyz")


@pytest.fixture(autouse=True)
def nothing_is_known():
    """Each test begins as a new process does."""
    health.forget()
    yield
    health.forget()


def lines(response) -> list[str]:
    assert response.headers["Content-Type"] == "text/plain"
    return response.content.decode().splitlines()


def test_the_process_answers_without_a_database(client, away, django_assert_num_queries):
    away()
    response = client.get("/healthz")
    assert (response.status_code, lines(response)) == (200, ["ok"])


@pytest.mark.django_db
def test_the_process_answers_without_a_statement_to_whoever_asks(django_assert_num_queries):
    visitor = logged_in(UserFactory())
    with django_assert_num_queries(0):
        assert visitor.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_ready_costs_one_statement_once_it_is_known(client, django_assert_num_queries):
    assert lines(client.get("/readyz")) == ["ok"]
    with django_assert_num_queries(1):
        response = client.get("/readyz")
    assert (response.status_code, lines(response)) == (200, ["ok"])


def test_without_the_database_it_is_not_ready_and_is_again_afterwards(client, away):
    assert client.get("/readyz").status_code == 200
    away()
    response = client.get("/readyz")
    assert (response.status_code, len(lines(response))) == (503, 1)
    assert "database" in lines(response)[0]
    connection.close()
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_migrations_that_are_missing_are_counted_and_named(client):
    newest = MigrationRecorder.Migration.objects.filter(app="attempts").latest("pk")
    older = MigrationRecorder.Migration.objects.filter(app="questions").latest("pk")
    name = older.name
    newest.delete()
    older.delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert [line for line in lines(response) if "migrations" in line and "2" in line]
    for each in (newest, older):
        each.save(force_insert=True)
    assert (client.get("/readyz").status_code, bool(name)) == (200, True)


@pytest.mark.django_db
def test_a_database_without_tables_is_not_ready(client):
    MigrationRecorder.Migration.objects.all().delete()
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_weights_that_are_named_and_missing_are_said(client, monkeypatch, tmp_path):
    monkeypatch.setenv(weights.FOLDER_VARIABLE, str(tmp_path))
    response = client.get("/readyz")
    assert (response.status_code, len(lines(response))) == (503, 1)
    assert weights.FOLDER_VARIABLE in lines(response)[0]


@pytest.mark.django_db
def test_weights_that_are_not_the_right_ones_are_said(client, monkeypatch, tmp_path):
    for name in weights.SHA256:
        (tmp_path / name).write_text("another model")
    monkeypatch.setenv(weights.FOLDER_VARIABLE, str(tmp_path))
    response = client.get("/readyz")
    assert (response.status_code, len(lines(response))) == (503, 1)


@pytest.mark.django_db
def test_without_the_package_of_the_weights_it_is_ready_and_says_so(client, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    response = client.get("/readyz")
    assert (response.status_code, lines(response)[0]) == (200, "ok")
    assert "weights" in lines(response)[1]


def test_each_thing_that_is_missing_has_a_line(client, monkeypatch, tmp_path, away):
    monkeypatch.setenv(weights.FOLDER_VARIABLE, str(tmp_path))
    away()
    assert len(lines(client.get("/readyz"))) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("path", PROBES)
def test_probes_need_no_name_no_tls_and_no_session(path, settings):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["example.org"]
    response = Client().get(path, headers={"host": "10.1.2.3:8000"})
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert Client().get("/", headers={"host": "example.org"}).status_code == 301


@pytest.mark.django_db
@pytest.mark.parametrize("path", PROBES)
def test_only_reading_is_allowed(path):
    client = Client(enforce_csrf_checks=True)
    assert (client.head(path).status_code, client.head(path).content) == (200, b"")
    assert client.post(path).status_code == 405
    assert client.get(f"{path}/").status_code == 404


@pytest.mark.django_db
def test_static_files_that_nobody_has_collected_are_said(client, settings, tmp_path):
    """Without their list every page fails, while the database and all else is well."""
    hashed = {"BACKEND": "quizsite.staticfiles.storage.HashedModules"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashed}
    settings.STATIC_ROOT = tmp_path
    settings.DEBUG = False
    response = client.get("/readyz")
    assert (response.status_code, len(lines(response))) == (503, 1)
