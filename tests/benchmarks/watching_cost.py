"""python -m tests.benchmarks.watching_cost: what an autosave costs with and without being watched.

Prints JSON: CPU of this process in µs for an autosave, the median of interleaved rounds, without
the middleware, with it, with the numbers, and with the numbers and a JSON line. It needs
DATABASE_URL, of a database with interviews, where it begins one. With PROMETHEUS_MULTIPROC_DIR the
numbers are kept as by a server with several processes.
"""

import io
import json
import logging
import os
import statistics
import sys
import time
from urllib.parse import urlencode

import django

ROUNDS, SAVES = 60, 25
MIDDLEWARE = "quizsite.watching.middleware.watch_requests"


def environ(url: str, cookie: str, number: int) -> dict:
    fields = {"position": "1", "writer": "w" * 36, "why": "auto", "revision": "0"}
    fields |= {"sequence": str(number), "text": f"An answer of some length, {number}. " * 20}
    body = urlencode(fields).encode()
    return {
        **{"REQUEST_METHOD": "POST", "PATH_INFO": f"{url}save/", "QUERY_STRING": ""},
        **{"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1"},
        **{"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1", "HTTP_COOKIE": cookie},
        **{"HTTP_X_CSRFTOKEN": "c" * 32, "HTTP_X_PAGE_SCRIPT": "1", "HTTP_X_REQUEST_ID": "a" * 32},
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        **{"wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr},
    }


def ask(application, environ: dict) -> int:
    seen = []
    response = application(environ, lambda status, *_: seen.append(int(status.split()[0])))
    list(response)
    response.close()
    return seen[0]


def main() -> None:
    os.environ |= {"DEBUG": "0", "HTTPS": "0", "SECRET_KEY": "k" * 60, "BEHIND_PROXY": "1"}
    os.environ |= {"ALLOWED_HOSTS": "127.0.0.1", "LOG_JSON": "1"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quizsite.settings")
    django.setup()
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import Client

    logging.getLogger().handlers[0].setStream(io.StringIO())
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    client = Client(headers={"host": "127.0.0.1"})
    from questions.models import Interview

    url = client.post(f"/interviews/{Interview.objects.first().slug}/").headers["Location"]
    cookie = f"sessionid={client.cookies['sessionid'].value}; csrftoken={'c' * 32}"
    watched = WSGIHandler()
    everything = settings.MIDDLEWARE
    settings.MIDDLEWARE = [name for name in everything if name != MIDDLEWARE]
    bare = WSGIHandler()
    settings.MIDDLEWARE = everything
    access = logging.getLogger("quizsite.access")
    ways = {
        "without": (bare, "", logging.WARNING),
        "id": (watched, "", logging.WARNING),
        "id and numbers": (watched, "token", logging.WARNING),
        "id, numbers, line": (watched, "token", logging.INFO),
    }
    costs = {name: [] for name in ways}
    number = 0
    for round_number in range(ROUNDS):
        for name in list(ways)[:: 1 if round_number % 2 else -1]:
            application, settings.METRICS_TOKEN, level = ways[name]
            access.setLevel(level)
            requests = []
            for _ in range(SAVES):
                number += 1
                requests.append(environ(url, cookie, number))
            began = time.process_time()
            statuses = {ask(application, each) for each in requests}
            costs[name].append(1e6 * (time.process_time() - began) / SAVES)
            assert statuses == {200}, statuses
    print(json.dumps({name: statistics.median(each) for name, each in costs.items()}))


if __name__ == "__main__":
    main()
