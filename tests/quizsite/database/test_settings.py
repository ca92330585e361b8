"""What the environment makes of Django's DATABASES."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from quizsite.database.settings import database_settings, direct_url

URL = "postgresql://nobody@127.0.0.1:9/none"


def test_options_in_the_database_url_are_added_to_the_time_outs():
    url = f"{URL}?options=-c%20search_path%3Dours&application_name=site"
    options = database_settings(Env(), url)["OPTIONS"]
    assert options["application_name"] == "site"
    assert "statement_timeout=8s" in options["options"]
    assert options["options"].endswith(" -c search_path=ours")


def test_a_pooler_gets_no_options_and_threads_keep_their_connections(monkeypatch):
    monkeypatch.setenv("PGBOUNCER", "1")
    given = database_settings(Env(), f"{URL}?application_name=site")
    assert {"options", "pool"} & set(given["OPTIONS"]) == set()
    assert given["OPTIONS"]["application_name"] == "site"
    assert given["OPTIONS"]["connection_class"].answer_timeout == 9
    assert (given["ENGINE"], given["CONN_MAX_AGE"]) == ("quizsite.database.pooler", None)


def test_options_that_a_pooler_would_refuse_are_refused_before_it(monkeypatch):
    monkeypatch.setenv("PGBOUNCER", "1")
    with pytest.raises(ImproperlyConfigured, match="ALTER ROLE"):
        database_settings(Env(), f"{URL}?options=-c%20search_path%3Dours")


def test_the_way_past_the_pooler_is_the_database_url_unless_it_is_named(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", URL)
    monkeypatch.delenv("DATABASE_DIRECT_URL", raising=False)
    assert direct_url(Env()) == URL
    monkeypatch.setenv("DATABASE_DIRECT_URL", "postgresql://nobody@127.0.0.1:10/none")
    assert direct_url(Env()) == "postgresql://nobody@127.0.0.1:10/none"
