"""For all tests: what would only cost time."""

from django.conf import settings


def pytest_configure():
    # A slow hash protects passwords, and nothing here is one.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
