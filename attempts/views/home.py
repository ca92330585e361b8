"""The home page: the interviews to choose from, and the one in progress."""

from django.db.models import Sum
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from attempts.owners import owner_of
from attempts.views.room_page import running_room
from questions.models import Interview


@require_GET
@never_cache
def home(request):
    interviews = (
        Interview.objects.active()
        .annotate(questions=Sum("slots__count"))
        .order_by("position", "name")
    )
    context = {
        "interviews": [interview for interview in interviews if interview.questions],
        "running": running_room(owner_of(request)),
    }
    return render(request, "attempts/home.html", context)
