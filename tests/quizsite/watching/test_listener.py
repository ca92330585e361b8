"""The metrics of a process that serves no pages."""

import contextlib
import http.client

import pytest
from django.core.exceptions import ImproperlyConfigured

from quizsite.metrics.interviews import reading_answer
from quizsite.watching.listener import serve_metrics

TOKEN = "a-long-token"


@pytest.fixture
def ask(settings):
    settings.METRICS_TOKEN, settings.METRICS_LISTEN = TOKEN, "127.0.0.1:0"
    server = serve_metrics()

    def get(path: str, token: str | None = TOKEN) -> tuple[int, str]:
        client = http.client.HTTPConnection(*server.server_address, timeout=5)
        with contextlib.closing(client):
            client.request("GET", path, headers={"Authorization": f"Bearer {token}"})
            reply = client.getresponse()
            return reply.status, reply.read().decode()

    yield get
    server.shutdown()
    server.server_close()


def test_it_tells_how_long_reading_takes(ask):
    with reading_answer() as reading:
        reading.engine = "planted-1"
    status, text = ask("/metrics")
    assert status == 200
    assert 'quizsite_scoring_seconds_count{engine="planted-1"} 1.0' in text
    assert "quizsite_process_cpu_seconds_total" in text


@pytest.mark.parametrize(
    ("path", "token"), [("/metrics", "wrong"), ("/metrics", None), ("/", TOKEN), ("/x", TOKEN)]
)
def test_it_tells_nobody_else(ask, path, token):
    status, text = ask(path, token)
    assert status == 404
    assert "quizsite_" not in text


def test_nothing_listens_unless_an_address_is_named(settings):
    settings.METRICS_LISTEN = ""
    assert serve_metrics() is None


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.1:x", "127.0.0.1:99999", "1.2.3.4:80"])
def test_an_address_that_is_none_stops_the_process(settings, address):
    settings.METRICS_LISTEN = address
    with pytest.raises(ImproperlyConfigured, match="METRICS_LISTEN"):
        serve_metrics()
