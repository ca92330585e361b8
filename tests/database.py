"""A pytest plugin: starts a throw-away PostgreSQL server, unless DATABASE_URL names one.

It must act before pytest-django reads the settings, so pyproject.toml loads it with -p. xdist's
workers inherit the variables from the process that started them.
"""

import os

import pytest

from quizsite.local import LocalPostgresError, postgres


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    # No secret and no TLS. Django's test runner sets DEBUG to False once the settings are read.
    os.environ.setdefault("DEBUG", "1")
    # Playwright keeps an event loop in the tests' thread, where Django would refuse to work.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    if not os.environ.get("DATABASE_URL"):
        try:
            os.environ["DATABASE_URL"] = postgres.throwaway()
        except LocalPostgresError as error:
            raise pytest.UsageError(str(error)) from None
