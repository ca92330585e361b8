"""One question with every answer to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from questions.models import Question


@require_safe
@never_cache
def my_question(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(Question.objects.published(), pk=pk)
    return render(request, "attempts/questions/question.html", {"question": question})
