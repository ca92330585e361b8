"""Replies that come in the site's place, or of which a part is missing."""

import json

HTML = "<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>"
KINDS = ["portal", "cut off", "other JSON", "empty", "redirected", "portal's 401"]


def answer_instead(page, url, kind, **options) -> list:
    """From now on these requests get no reply of the site. The list fills with their routes.

    The site gets the requests of "cut off" all the same.
    """
    asked = []

    def answer(route):
        asked.append(route)
        if kind == "cut off":
            route.fulfill(response=route.fetch(), body="")
        elif kind == "other JSON":
            route.fulfill(json={"status": "ok"})
        elif kind == "redirected":
            route.fulfill(status=302, headers={"Location": "/healthz"})
        else:
            body = {"portal": HTML, "portal's 401": HTML}.get(kind, "")
            status = 401 if kind == "portal's 401" else 200
            route.fulfill(status=status, body=body, content_type="text/html")

    page.route(url, answer, **options)
    return asked


def state_elsewhere(url="/healthz") -> str:
    """What another site's JSON might say."""
    return json.dumps({"running": False, "url": url})
