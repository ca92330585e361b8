"""The site, and under /naked/ the same Django without any middleware, in the same process."""

from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from quizsite.wsgi import application as whole

with override_settings(MIDDLEWARE=[]):
    naked = WSGIHandler()


def application(environ, start_response):
    handler = naked if environ["PATH_INFO"].startswith("/naked/") else whole
    return handler(environ, start_response)
