"""The site's own page for an address that does not exist."""

from django.http import Http404
from django.views.defaults import page_not_found


def own_not_found(get_response):
    """Middleware: the site's own page for what is not found, on somebody's own machine too.

    With DEBUG, Django would show its list of addresses instead.
    """

    def middleware(request):
        response = get_response(request)
        if response.status_code == 404 and request.resolver_match is None:
            return page_not_found(request, None)
        return response

    def process_exception(request, exception):
        return page_not_found(request, exception) if isinstance(exception, Http404) else None

    middleware.process_exception = process_exception
    return middleware
