"""Which lines of Django's own server are printed: pages, not each file of a page."""

import logging
import logging.config
import os
import subprocess
import sys

import pytest
from django.conf import settings

from quizsite.logs.settings import logging_settings


def is_printed(line: str, status: int | str) -> bool:
    made_settings = logging_settings()
    made = logging.config.DictConfigurator({"filters": made_settings["filters"]})
    names = made_settings["loggers"].get("django.server", {}).get("filters", ())
    filters = [made.configure_filter(dict(made_settings["filters"][name])) for name in names]
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
    made_settings = logging_settings()
    made = logging.config.DictConfigurator({"filters": made_settings["filters"]})
    (name,) = made_settings["loggers"]["django.server"]["filters"]
    record = logging.LogRecord("django.server", logging.ERROR, "", 0, "Broken pipe", None, None)
    assert made.configure_filter(dict(made_settings["filters"][name])).filter(record)


LOG_BOTH = """
import logging, django
django.setup()
for path in ("/questions/", "/static/js/page.js"):
    logging.getLogger("django.server").info('"%s" %s %s', f"GET {path} HTTP/1.1", "200", "12")
"""


def test_with_all_settings_the_page_alone_is_printed():
    env = {**os.environ, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "quizsite.settings"}
    env["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:9/none"
    ran = [sys.executable, "-c", LOG_BOTH]
    told = subprocess.run(ran, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True)
    (line,) = told.stderr.splitlines()
    assert "GET /questions/" in line
