"""Keeps the lines of Django's own server few enough to be read: pages, without their files."""

import logging

STATIC = "GET /static/"
FINE = ("200", "206", "304")


class HideStaticFiles(logging.Filter):
    """A page brings six files. Their lines would bury the page's own, and a printed email."""

    def filter(self, record: logging.LogRecord) -> bool:
        args = record.args if isinstance(record.args, tuple) else ()
        request, status = map(str, args[:2] if len(args) > 1 else ("", ""))
        return not (request.startswith(STATIC) and status in FINE)
