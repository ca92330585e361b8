"""The page of all ways into practice: what is due, what was missed, each topic."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """All ways in, each with how many questions it has."""
    nothing = request.GET.get("nothing", "")
    return render(request, "attempts/practice/choose.html", {"nothing": nothing})
