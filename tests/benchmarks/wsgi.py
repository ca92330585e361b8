"""The site, and under /bare/ the same interview on bare Django, served by the same process."""

from quizsite.wsgi import application as site
from tests.benchmarks.bare.handler import bare_handler

bare = bare_handler()


def application(environ, start_response):
    is_bare = environ["PATH_INFO"].startswith("/bare/")
    return (bare if is_bare else site)(environ, start_response)
