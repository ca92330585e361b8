"""Traces go where OpenTelemetry's variables say, without what was sent; else there are none."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.attempts.commands.test_finish_overdue import url_of_test_database
from tests.quizsite.watching.tracing.receiver import Receiver
from tests.quizsite.watching.tracing.traced_site import SENT

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def run(**variables) -> subprocess.CompletedProcess:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    given = {
        "DATABASE_URL": url_of_test_database(),
        "DJANGO_SETTINGS_MODULE": "tests.quizsite.watching.breaking_settings",
        "STATIC_SOURCE": str(settings.BASE_DIR / "static"),
        **{"DEBUG": "1", "SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "127.0.0.1"},
    }
    return subprocess.run(
        [sys.executable, "-m", "tests.quizsite.watching.tracing.traced_site"],
        env=inherited | given | variables,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def told(done: subprocess.CompletedProcess) -> dict:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    "variables",
    [{}, {"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, {"OTEL_SERVICE_NAME": "x"},
     {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9", "OTEL_SDK_DISABLED": "true"}],
)  # fmt: skip
def test_without_a_collector_nothing_of_it_is_even_imported(variables):
    assert told(run(**variables))["imported"] == []


def test_a_collector_without_the_packages_is_said_in_one_line(tmp_path):
    (tmp_path / "opentelemetry.py").write_text("raise ImportError('No module named opentelemetry')")
    variables = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9", "PYTHONPATH": str(tmp_path)}
    done = run(**variables)
    assert done.returncode != 0
    assert "requirements/tracing.txt" in done.stderr.splitlines()[-1]


@pytest.fixture(scope="module")
def traced():
    receiver = Receiver()
    yield receiver
    receiver.shutdown()
    receiver.server_close()


def test_requests_and_statements_are_traced_and_quote_nobody(traced):
    seen = told(run(OTEL_EXPORTER_OTLP_ENDPOINT=traced.url, VISIT="1"))
    requests = [span for span in traced.spans if span.kind == span.SPAN_KIND_SERVER]
    statements = [span for span in traced.spans if attribute(span, "db.statement")]
    assert [status for status, _ in seen["replies"]] == [404, 200, 500, 500, 500]
    assert [attribute(span, "quizsite.request_id") for span in requests] == [
        request_id for _, request_id in seen["replies"]
    ]
    assert "attempts_answer" in "".join(attribute(span, "db.statement") for span in statements)
    parents = {span.span_id for span in requests}
    assert any(span.parent_span_id in parents for span in statements)
    assert {e.name for span in requests for e in span.events} == {"exception"}
    assert SENT.encode() not in traced.raw


def attribute(span, name: str) -> str | None:
    return next((a.value.string_value for a in span.attributes if a.key == name), None)
