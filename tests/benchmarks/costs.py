"""python -m tests.benchmarks.costs: what each step of an interview costs, as JSON.

It runs in a process of its own with production's settings, on a database that is prepared. The
site, bare Django and psycopg take turns in each round, so that other work slows all alike.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from uuid import uuid4

import django
import psycopg

from tests.benchmarks.in_process import Visitor

ROUNDS = 9
SAVES, PAGES = 40, 8
"""Requests of each step in a round."""
TEXT = "A feature store keeps one definition for training & serving, so that both agree. " * 12
UPDATE = "UPDATE attempts_answer SET text = %s WHERE attempt_id = %s AND position = 1"
numbers = count(1)
SCRIPT = {"HTTP_X_PAGE_SCRIPT": "1"}


@dataclass
class Step:
    """What is measured: requests of one visitor, or a call of psycopg."""

    visitor: Visitor
    environ: Callable[[], dict]
    requests: int = PAGES
    cpu: list[float] = field(default_factory=list)
    calls: int = 0
    size: int = 0

    def warm_up(self) -> None:
        for _ in range(3):
            self.size = len(b"".join(self.visitor._answer(self.environ())))
            if self.visitor.status >= 400:
                raise RuntimeError(f"{self.environ()['PATH_INFO']}: {self.visitor.status}")
        self.calls = self.visitor.calls(self.environ())

    def measure(self) -> None:
        self.cpu.append(self.visitor.cost([self.environ() for _ in range(self.requests)]))

    def result(self) -> dict:
        return {"cpu": statistics.median(self.cpu), "calls": self.calls, "size": self.size}


def form(revision: int = 1) -> dict:
    number = next(numbers)
    text = f"{number}. {TEXT}"
    return {
        **{"position": 1, "revision": revision, "writer": "w", "sequence": number},
        **{"text": text, "cause": "auto"},
    }


def started(visitor: Visitor, prefix: str = "") -> str:
    """The address of an attempt that the visitor starts, and has saved in once."""
    visitor.get(f"{prefix}/interviews/whole/")
    visitor.post(f"{prefix}/interviews/whole/", {})
    url = dict(visitor.headers)["Location"]
    visitor.get(url)
    return url


def finished(visitor: Visitor, prefix: str = "") -> str:
    """The address of an attempt that the visitor took to its end."""
    url = started(visitor, prefix)
    for position in range(1, 6):
        visitor.post(f"{url}save/", form(0) | {"position": position})
    visitor.post(f"{url}finish/", {"confirmed": "1"})
    return url


def logged_in(visitor: Visitor) -> Visitor:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore

    name = f"{uuid4()}@example.org"
    user = User.objects.create_user(name, name, "only-for-this-run")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    visitor.cookies["sessionid"] = session.session_key
    return visitor


def steps_of(application) -> dict[str, Step]:
    steps = {}
    for who, make in (("guest", lambda v: v), ("user", logged_in)):
        taker = make(Visitor(application))
        done = finished(taker)
        url = started(taker)
        bare = make(Visitor(application))
        bare_done = finished(bare, "/bare")
        bare_url = started(bare, "/bare")

        def post(visitor, path):
            return lambda: visitor.environ("POST", path, form(), **SCRIPT)

        def get(visitor, path):
            return lambda: visitor.environ("GET", path)

        save = "save-logged-in" if who == "user" else "save"
        pairs = {
            "autosave": (post(taker, f"{url}save/"), post(bare, f"{bare_url}{save}/")),
            "show question": (get(taker, url), get(bare, bare_url)),
            "result": (get(taker, f"{done}review/"), get(bare, f"{bare_done}review/")),
            "home": (get(taker, "/"), get(bare, "/bare/")),
            "history": (get(taker, "/attempts/"), get(bare, "/bare/attempts/")),
        }
        for name, (ours, plain) in pairs.items():
            often = SAVES if name == "autosave" else PAGES
            steps[f"{name}, {who}"] = Step(taker, ours, often)
            steps[f"{name}, {who}, bare"] = Step(bare, plain, often)
        anybody = post(bare, f"{bare_url}save-of-anybody/")
        steps[f"autosave, {who}, bare, of anybody"] = Step(bare, anybody, SAVES)
    return steps


def raw_update(connection: psycopg.Connection, attempt: str) -> float:
    """CPU of psycopg alone in ms, for each UPDATE in a transaction of its own."""
    before = time.process_time()
    for _ in range(SAVES):
        connection.execute(UPDATE, [f"{next(numbers)}. {TEXT}", attempt])
    return 1000 * (time.process_time() - before) / SAVES


def main() -> None:
    django.setup()
    from django.db import connection

    from tests.benchmarks.wsgi import application

    steps = steps_of(application)
    for step in steps.values():
        step.warm_up()
    parameters = connection.get_connection_params()
    named = {n: parameters[n] for n in ("host", "port", "dbname", "user") if parameters.get(n)}
    raw = []
    attempt = steps["autosave, guest"].environ()["PATH_INFO"].split("/")[-3]
    with psycopg.connect(**named, autocommit=True) as other:
        for _ in range(ROUNDS):
            for step in steps.values():
                step.measure()
            raw.append(raw_update(other, attempt))
    results = {name: step.result() for name, step in steps.items()}
    json.dump({"steps": results, "raw": statistics.median(raw)}, sys.stdout)


if __name__ == "__main__":
    main()
