"""The home page: the interviews to choose from, and the one in progress."""

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from attempts.owners import owner_of
from attempts.views.room_page import running_page
from questions.models import Interview


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """The active interviews that have a slot."""
    interviews = (
        Interview.objects.active()
        .annotate(questions=Sum("slots__count"))
        .filter(questions__isnull=False)
        .order_by("position", "name")
    )
    context = {"interviews": list(interviews), "running": running_page(owner_of(request))}
    return render(request, "attempts/home.html", context)
