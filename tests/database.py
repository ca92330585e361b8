"""A pytest plugin: a throw-away PostgreSQL server, unless DATABASE_URL names one.

It must act before pytest-django reads the settings, and so is loaded by -p in pyproject.toml.
xdist's workers inherit the variables from the process that started them.
"""

import os

import pytest

from quizsite.local import LocalPostgresError, postgres


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    os.environ.setdefault("DEBUG", "1")  # no secret, no TLS; Django's test runner turns it off
    # Playwright keeps an event loop in the tests' thread, and Django would refuse to work in it.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    if not os.environ.get("DATABASE_URL"):
        try:
            os.environ["DATABASE_URL"] = postgres.throwaway()
        except LocalPostgresError as error:
            raise pytest.UsageError(str(error)) from None
