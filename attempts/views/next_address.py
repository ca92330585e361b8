"""Where a form or an address says that somebody goes on, if that is a page of this site."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 2_000
"""In characters; Django redirects to none that is a little longer."""


def next_address(request: HttpRequest, otherwise: str) -> str:
    """The field "next" as sent, else the one of the address; `otherwise` if it is no path of ours.

    It begins with a slash: redirect() would take another text for the name of a view.
    """
    address = request.POST.get("next") or request.GET.get("next") or ""
    hosts, is_secure = {request.get_host()}, request.is_secure()
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=hosts, require_https=is_secure)
    is_path = address.startswith("/") and len(address) <= LONGEST
    return address if is_ours and is_path else otherwise
