"""For all tests: without what would only take time, and one after the other."""

import pytest
from django.conf import settings
from django.db import connection

from tests.at_rest import wait_until_at_rest


def pytest_configure():
    # A slow hash protects real passwords; there are none here.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """A pool that a test without a database has made would lead to the database of before."""
    connection.close_pool()


@pytest.fixture(autouse=True)
def at_rest_before_the_database_is_emptied(request):
    """Emptying locks all tables, and would deadlock with work that a test has left behind."""
    marker = request.node.get_closest_marker("django_db")
    commits = "live_server" in request.fixturenames or (marker and marker.kwargs.get("transaction"))
    if commits:
        request.getfixturevalue("transactional_db")
    yield
    if commits:
        wait_until_at_rest()
