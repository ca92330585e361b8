"""OpenTelemetry's own instruments for Django and psycopg, and the way to the collector."""

import os

from django.http import HttpRequest
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.django import DjangoInstrumentor
from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span

from quizsite.logs import request_ids
from quizsite.watching.tracing.quiet_spans import REQUEST_ID, QuietExporter


def start() -> None:
    os.environ.setdefault("OTEL_SERVICE_NAME", "quizsite")
    provider = TracerProvider()
    provider.add_span_processor(BatchSpanProcessor(QuietExporter(OTLPSpanExporter())))
    trace.set_tracer_provider(provider)
    # After our own first middleware, which gives the request its id.
    DjangoInstrumentor().instrument(middleware_position=1, request_hook=_name_request)
    PsycopgInstrumentor().instrument()


def _name_request(span: Span, request: HttpRequest) -> None:
    span.set_attribute(REQUEST_ID, request_ids.current())
