"""What leaves this site about a span: what took how long, and nothing that anybody sent."""

import re
from collections.abc import Sequence

from opentelemetry.sdk.trace import Event, ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import Status

REQUEST_ID = "quizsite.request_id"
STATEMENTS = {"db.statement", "db.query.text"}
ALLOWED = STATEMENTS | {
    *("http.method", "http.request.method", "http.route", "http.scheme", "url.scheme"),
    *("http.status_code", "http.response.status_code", "http.flavor", "error.type"),
    *("db.system", "db.system.name", "db.name", "db.namespace", "db.operation.name"),
    REQUEST_ID,
}
"""Addresses, queries and the words of exceptions are not among them."""
LITERAL = re.compile(r"'(?:[^']|'')*'")


class QuietExporter(SpanExporter):
    """Hands spans on without what ALLOWED does not name."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._exporter.export([quiet(span) for span in spans])

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)


def quiet(span: ReadableSpan) -> ReadableSpan:
    return ReadableSpan(
        span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes={
            name: LITERAL.sub("'...'", str(value)) if name in STATEMENTS else value
            for name, value in (span.attributes or {}).items()
            if name in ALLOWED
        },
        events=[_kind_alone(event) for event in span.events],
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _kind_alone(event: Event) -> Event:
    kind = (event.attributes or {}).get("exception.type")
    told = {"exception.type": kind} if kind is not None else {}
    return Event(event.name, told, event.timestamp)
