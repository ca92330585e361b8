"""Whether to trace, and how it begins."""

import os

from django.core.exceptions import ImproperlyConfigured


def start_if_wanted() -> None:
    """Trace requests and statements. To be called while Django starts, before it reads MIDDLEWARE.

    The variables are OpenTelemetry's own. Raises ImproperlyConfigured where they are set and its
    packages are not there.
    """
    is_off = os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true"
    collector = os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT") or os.environ.get(
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
    )
    if is_off or not collector:
        return
    try:
        from quizsite.watching.tracing.instruments import start
    except ImportError as missing:
        raise ImproperlyConfigured(
            f"{missing}. Install requirements/tracing.txt, or unset OTEL_EXPORTER_OTLP_ENDPOINT."
        ) from None
    start()
