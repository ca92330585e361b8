"""Requests of a page's scripts, as opposed to a person's click."""


def is_page_script(request) -> bool:
    """Whether htmx or a script of ours asks, rather than a person's click."""
    return bool(request.headers.get("HX-Request") or request.headers.get("X-Page-Script"))
