"""Who may read /metrics, and what is there."""

import re
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from attempts import transitions
from attempts.health.figures import read_figures
from quizsite.clock import database_now
from tests.attempts.candidate import sent
from tests.factories import AnswerFactory, AttemptFactory

pytestmark = pytest.mark.django_db
TOKEN = "a-long-token"


@pytest.fixture
def scrape(client, settings):
    settings.METRICS_TOKEN = TOKEN
    return lambda **headers: client.get(
        "/metrics", headers={"Authorization": f"Bearer {TOKEN}", **headers}
    )


def values(reply) -> dict[str, float]:
    """Of samples without labels, and of those with labels by name{label values}."""
    found = {}
    for family in text_string_to_metric_families(reply.content.decode()):
        for sample in family.samples:
            labels = ",".join(sample.labels.values())
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer ", "Bearer a-long-toke", "Bearer a-long-token2",
                      "bearer a-long-token", "a-long-token", "Basic YS1sb25nLXRva2Vu", "Bearer ä"],
)  # fmt: skip
def test_without_the_token_there_is_no_such_page(client, settings, authorization):
    settings.METRICS_TOKEN = TOKEN
    headers = {} if authorization is None else {"Authorization": authorization}
    reply, other = client.get("/metrics", headers=headers), client.get("/nothing")
    assert reply.status_code == 404
    assert reply.templates[0].name == other.templates[0].name
    assert b"quizsite_" not in reply.content


@pytest.mark.parametrize("authorization", ["", "Bearer ", "Bearer None", "Bearer"])
def test_without_a_token_set_nobody_reads_it(client, settings, authorization):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": authorization}).status_code == 404


def test_prometheus_reads_it_by_any_name_and_without_tls(scrape, settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["example.org"], True
    reply = scrape(host="10.1.2.3:8000")
    assert reply.status_code == 200
    assert reply.headers["Content-Type"].startswith("text/plain; version=")
    assert "Set-Cookie" not in reply.headers


def test_every_metric_is_ours_and_has_a_help_text(scrape):
    families = list(text_string_to_metric_families(scrape().content.decode()))
    assert len(families) > 20
    for family in families:
        assert re.fullmatch(r"quizsite_[a-z_]+", family.name)
        assert not family.name.endswith("_created")
        assert family.documentation


def test_what_is_stored_is_there(scrape):
    now = database_now()
    AttemptFactory(deadline_at=now + timedelta(minutes=5))
    AttemptFactory(deadline_at=now - timedelta(minutes=5))
    ended = AttemptFactory(finished=True, finished_at=now - timedelta(minutes=2))
    AnswerFactory(attempt=ended, text="Words.", closed=True)
    seen = values(scrape())
    assert seen["quizsite_database_up"] == 1
    assert seen["quizsite_live_attempts"] == 1
    assert seen["quizsite_overdue_attempts"] == 1
    assert 300 <= seen["quizsite_overdue_seconds"] < 400
    assert seen["quizsite_suggestions_waiting"] == 1
    assert 120 <= seen["quizsite_suggestions_waiting_seconds"] < 220
    assert 0 < seen["quizsite_database_connections"] < seen["quizsite_database_connections_most"]
    assert seen["quizsite_pool_connections{used}"] >= 0
    assert seen["quizsite_process_resident_bytes"] > 10_000_000


def test_saves_are_counted_by_verdict(scrape):
    attempt = AttemptFactory(deadline_at=database_now() + timedelta(minutes=30))
    AnswerFactory(attempt=attempt, position=1)
    before = values(scrape())

    def save(text, **how):
        transitions.save(attempt.owner, attempt.pk, 1, sent(text, **how), now=attempt.started_at)

    save("One.", revision=0)
    save("One.", revision=0)
    save("Two.", revision=0, writer="another")
    after = values(scrape())
    grown = {
        verdict: after[f"quizsite_saves_total{{{verdict}}}"]
        - before.get(f"quizsite_saves_total{{{verdict}}}", 0)
        for verdict in ("accepted", "already", "conflict")
    }
    assert grown == {"accepted": 1, "already": 1, "conflict": 1}
    assert read_figures().conflicts == 0  # kept at the time that the test gave, long ago


def test_a_scrape_takes_one_statement(scrape, django_assert_num_queries):
    with django_assert_num_queries(1):
        scrape()


def test_without_a_database_there_are_the_other_numbers(scrape, monkeypatch, django_db_blocker):
    from django.db import OperationalError, connection

    def away(*_, **__):
        raise OperationalError("away")

    with connection.execute_wrapper(away):
        seen = values(scrape())
    assert seen["quizsite_database_up"] == 0
    assert "quizsite_live_attempts" not in seen
    assert "quizsite_process_resident_bytes" in seen
