"""The list of all questions that one may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def my_questions(request: HttpRequest) -> HttpResponse:
    return render(request, "attempts/questions/list.html")
