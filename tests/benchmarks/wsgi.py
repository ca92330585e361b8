"""The site, and one address that the same process serves without middleware."""

from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from quizsite.wsgi import application as whole_site

with override_settings(MIDDLEWARE=[]):
    without_middleware = WSGIHandler()


def application(environ, start_response):
    is_bare = environ["PATH_INFO"].startswith("/without-middleware/")
    return (without_middleware if is_bare else whole_site)(environ, start_response)
