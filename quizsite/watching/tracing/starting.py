"""Whether to trace, and how it begins."""

import os

from django.core.exceptions import ImproperlyConfigured

WANTED = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


def start_if_wanted() -> None:
    """Trace requests and statements. To be called while Django starts, before it reads MIDDLEWARE.

    The variables are OpenTelemetry's own. Raises ImproperlyConfigured where they are set and its
    packages are not there.
    """
    is_off = os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true"
    if is_off or not any(os.environ.get(name) for name in WANTED):
        return
    try:
        from quizsite.watching.tracing.instruments import start
    except ImportError as missing:
        raise ImproperlyConfigured(
            f"{missing}. Install requirements/tracing.txt, or unset {WANTED[0]}."
        ) from None
    start()
