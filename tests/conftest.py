"""For all tests: without what would only take time."""

from django.conf import settings


def pytest_configure():
    # A slow hash protects real passwords; there are none here.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
