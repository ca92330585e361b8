"""What Prometheus reads at /metrics: the numbers of this server, and those from the database."""

from collections.abc import Iterable
from hmac import compare_digest

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from psycopg_pool import PoolTimeout

from attempts.health.figures import Figures, read_figures
from quizsite.metrics import process
from quizsite.metrics.registry import REGISTRY

PATH = "/metrics"


def is_scrape(request: HttpRequest) -> bool:
    """Whether somebody asks for the metrics who may. To others there is no such page."""
    return request.path_info == PATH and may_read(request.headers.get("Authorization", ""))


def may_read(authorization: str) -> bool:
    """Whether the header has METRICS_TOKEN; without one set, nobody's has."""
    token = settings.METRICS_TOKEN
    return bool(token) and compare_digest(authorization.encode(), f"Bearer {token}".encode())


def scrape() -> HttpResponse:
    return HttpResponse(as_text(), content_type=CONTENT_TYPE_LATEST)


def as_text() -> bytes:
    """Of all processes of this server, where it has several."""
    process.note()
    registry = CollectorRegistry() if process.shares_its_numbers() else REGISTRY
    if registry is not REGISTRY:
        multiprocess.MultiProcessCollector(registry)
    stored = CollectorRegistry()
    stored.register(StoredFigures())
    return generate_latest(registry) + generate_latest(stored)


class StoredFigures(Collector):
    """From the database, which is the same for every server: take the largest, never the sum."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        try:
            figures = read_figures()
        except (Error, PoolTimeout):
            figures = None
        up = "Whether the database answered"
        yield GaugeMetricFamily("quizsite_database_up", up, value=figures is not None)
        if figures is not None:
            yield from _families(figures)


def _families(figures: Figures) -> Iterable[GaugeMetricFamily]:
    rows = (
        ("live_attempts", "Attempts whose clock runs now", figures.live),
        ("overdue_attempts", "Attempts that the sweep should have ended", figures.overdue),
        (
            "overdue_seconds",
            "For how long the first of them is overdue",
            figures.overdue_for.total_seconds(),
        ),
        ("suggestions_waiting", "Answers that no engine has read yet", figures.waiting),
        (
            "suggestions_waiting_seconds",
            "For how long the first of them has waited",
            figures.waiting_for.total_seconds(),
        ),
        ("late_texts_last_hour", "Texts kept within the hour: too late", figures.late),
        ("conflicts_last_hour", "Texts kept within the hour: two windows", figures.conflicts),
        ("database_connections", "Connections to this database", figures.connections),
        ("database_connections_most", "What its server takes", figures.most_connections),
    )
    for name, help_text, value in rows:
        yield GaugeMetricFamily(f"quizsite_{name}", help_text, value=value)
