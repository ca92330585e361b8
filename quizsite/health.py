from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from psycopg_pool import PoolTimeout

from quizsite.clock import database_now


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 if the site and its database answer, else 503."""
    try:
        database_now()
    except (Error, PoolTimeout):
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
