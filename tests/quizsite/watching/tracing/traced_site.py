"""python -m tests.quizsite.watching.tracing.traced_site: a visit to a site that is traced if its
variables say so, as JSON. What is sent is in SENT.
"""

import json
import os
import sys

import django
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

SENT = "planted-by-a-visitor"


def main() -> None:
    django.setup()
    packages = {name.partition(".")[0] for name in sys.modules}
    told = {"imported": sorted(packages & {"opentelemetry", "requests", "google"})}
    if os.environ.get("VISIT"):
        WSGIHandler()
        client = Client(raise_request_exception=False, headers={"host": "127.0.0.1"})
        replies = [
            client.get(f"/shared/{SENT}/?q={SENT}"),
            client.get(f"/?q={SENT}", headers={"user-agent": SENT, "referer": SENT}),
            *(client.post(f"/break/{way}/", {"text": SENT}) for way in ("value", "row", "number")),
        ]
        told["replies"] = [[r.status_code, r.headers["X-Request-ID"]] for r in replies]
        if told["imported"]:
            from opentelemetry import trace

            trace.get_tracer_provider().shutdown()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
