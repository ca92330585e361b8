"""Which lines of Django's own server are printed: pages, not each file of a page."""

import logging
import logging.config

import pytest

from quizsite.logs.settings import logging_settings


def is_printed(line: str, status: int | str) -> bool:
    settings = logging_settings()
    made = logging.config.DictConfigurator({"filters": settings["filters"]})
    names = settings["loggers"].get("django.server", {}).get("filters", ())
    filters = [made.configure_filter(dict(settings["filters"][name])) for name in names]
    record = logging.LogRecord(
        "django.server", logging.INFO, "", 0, '"%s" %s %s', (line, str(status), "12"), None
    )
    return all(one.filter(record) for one in filters)


@pytest.mark.parametrize("status", [200, 206, 304])
def test_a_file_of_a_page_is_no_line(status):
    assert not is_printed("GET /static/bundles/page.js HTTP/1.1", status)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("GET / HTTP/1.1", 200),
        ("GET /attempts/?q=/static/ HTTP/1.1", 200),
        ("GET /static/js/gone.js HTTP/1.1", 404),
        ("GET /static/js/broken.js HTTP/1.1", 500),
        ("POST /static/js/page.js HTTP/1.1", 405),
    ],
)
def test_a_page_and_a_missing_file_are_lines(line, status):
    assert is_printed(line, status)


def test_a_line_without_a_request_is_printed():
    settings = logging_settings()
    made = logging.config.DictConfigurator({"filters": settings["filters"]})
    (name,) = settings["loggers"]["django.server"]["filters"]
    record = logging.LogRecord("django.server", logging.ERROR, "", 0, "Broken pipe", None, None)
    assert made.configure_filter(dict(settings["filters"][name])).filter(record)
