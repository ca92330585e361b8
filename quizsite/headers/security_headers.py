"""What every response says about safety, also one that other middleware has refused.

The pages' own policy is in the settings (CONTENT_SECURITY_POLICY); a view may add to it.
"""

from collections.abc import Callable
from http import HTTPStatus

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from quizsite import permissions_policy

GetResponse = Callable[[HttpRequest], HttpResponse]

CSP = "Content-Security-Policy"
SAME_ORIGIN = "same-origin"

NOT_KEPT = "max-age=0, no-cache, no-store, must-revalidate, private"
"""What Django's never_cache says, so that no view needs it. A 404 says who is logged in, and a
page of accounts may show recovery codes: no cache between keeps them, nor the browser after a
log-out."""

NO_HTML_FROM_SCRIPTS = "; require-trusted-types-for 'script'; trusted-types 'none'"
"""Trusted Types: no text becomes HTML or code. It holds where htmx swaps nothing."""

WITHOUT_SWAPS = ("/accounts/", "/shared/")
"""The pages of accounts, where passwords are typed, and shared results, which strangers open."""


def security_headers(get_response: GetResponse) -> GetResponse:
    """Middleware, the outermost: it reads nothing of the request but its address and scheme."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        headers = response.headers
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        headers.setdefault("Cross-Origin-Opener-Policy", SAME_ORIGIN)
        headers.setdefault("Cross-Origin-Resource-Policy", SAME_ORIGIN)
        headers.setdefault(permissions_policy.HEADER, permissions_policy.NOTHING)
        if CSP not in headers:
            headers[CSP] = build_policy()
        _keep_from_caches(response)
        if request.path_info.startswith(WITHOUT_SWAPS):
            headers[CSP] += NO_HTML_FROM_SCRIPTS
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            headers.setdefault("Strict-Transport-Security", _hsts())
        return response

    return middleware


def _keep_from_caches(response: HttpResponse) -> None:
    """Unless the response says itself for how long it may be kept."""
    said = response.headers.get("Cache-Control", "")
    is_decided = "max-age" in said or "no-store" in said
    if not is_decided and response.status_code != HTTPStatus.MOVED_PERMANENTLY:
        response.headers["Cache-Control"] = f"{said}, {NOT_KEPT}" if said else NOT_KEPT


def _hsts() -> str:
    """As Django's SecurityMiddleware writes it."""
    parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    parts += ["includeSubDomains"] if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else []
    parts += ["preload"] if settings.SECURE_HSTS_PRELOAD else []
    return "; ".join(parts)
