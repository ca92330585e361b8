"""python -m tests.benchmarks.calls: the functions that each step of an interview calls, as JSON.

One guest takes an interview of five questions, with three saves for each: here and on bare Django.
The third time is counted, when templates are compiled and statements made.
"""

import json
import statistics
import sys
from collections import defaultdict

import django

from tests.benchmarks.costs import SCRIPT, form
from tests.benchmarks.in_process import Visitor

QUESTIONS, SAVES, TIMES = 5, 3, 3
HTMX = {"HTTP_HX_REQUEST": "true", **SCRIPT}


def taken(application, prefix: str = "") -> dict[str, list[int]]:
    """The calls of each step, as often as it is done."""
    visitor, calls = Visitor(application), defaultdict(list)

    def get(step: str, path: str, **headers: str) -> None:
        calls[step].append(visitor.calls(visitor.environ("GET", path, **headers)))
        assert visitor.status == 200, (step, visitor.status)

    def post(step: str, path: str, fields: dict, **headers: str) -> None:
        calls[step].append(visitor.calls(visitor.environ("POST", path, fields, **headers)))
        assert visitor.status < 400, (step, visitor.status)

    get("home", f"{prefix}/")
    get("an interview's page", f"{prefix}/interviews/whole/")
    visitor.get(f"{prefix}/interviews/whole/")  # which sets the cookie of the forms
    post("start", f"{prefix}/interviews/whole/", {})
    visitor.keep_cookies()
    url = dict(visitor.headers)["Location"]
    get("show a question", url)
    for position in range(1, QUESTIONS + 1):
        for revision in range(SAVES):
            fields = form(revision) | {"position": position}
            post("autosave", f"{url}save/", fields, **SCRIPT)
        get("read the clock", f"{url}clock/", **SCRIPT)
        post("submit", f"{url}submit/", form(SAVES) | {"position": position}, **HTMX)
    get("before the finish", f"{url}finish/")
    post("finish", f"{url}finish/", {"confirmed": "1"})
    get("result", f"{url}review/")
    get("history", f"{prefix}/attempts/")
    return calls


def main() -> None:
    django.setup()
    from tests.benchmarks.wsgi import application

    found = {}
    for name, prefix in (("ours", ""), ("bare", "/bare")):
        for _ in range(TIMES):
            calls = taken(application, prefix)
        found[name] = {
            step: {"times": len(each), "median": statistics.median(each), "sum": sum(each)}
            for step, each in calls.items()
        }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
