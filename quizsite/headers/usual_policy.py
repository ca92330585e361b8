"""The content security policy of most pages, which is the same each time, is made once."""

from collections.abc import Callable

from csp.constants import HEADER, HEADER_REPORT_ONLY
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

OWN = ("config", "update", "replace", "exempt")
"""What django-csp's decorators note on the response of a page whose policy is another one."""


class UsualPolicy(CSPMiddleware):
    """django-csp's middleware, which makes the policy of each response anew where it differs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        both = {HEADER: build_policy(), HEADER_REPORT_ONLY: build_policy(report_only=True)}
        self.usual = {header: policy for header, policy in both.items() if policy}

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        has_own = any(hasattr(response, f"_csp_{name}{of}") for name in OWN for of in ("", "_ro"))
        if has_own or hasattr(request, "_csp_nonce") or settings.DEBUG:
            changed: HttpResponseBase = super().process_response(request, response)
            return changed
        for header, policy in self.usual.items():
            response.headers.setdefault(header, policy)
        return response
