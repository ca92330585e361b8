"""Bare Django beside the site: the middleware of startproject, and Django's own sessions."""

from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

DJANGO_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def bare_handler() -> WSGIHandler:
    """A handler reads both settings once, when it is made."""
    sessions = "django.contrib.sessions.backends.db"
    with override_settings(MIDDLEWARE=DJANGO_MIDDLEWARE, SESSION_ENGINE=sessions):
        return WSGIHandler()
