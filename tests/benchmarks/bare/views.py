"""One view for each step of an interview, as short as Django allows.

Each reads with one statement what it shows, and writes with one what is to be stored. It has none
of the site's rules: no clock, no lock, no conflict, no follow-up, no score.
"""

import secrets
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST

from attempts.models import Answer, Attempt
from questions.models import Interview, Question

LENGTHS = {
    "home": 7_000,
    "interview": 4_000,
    "room": 17_000,
    "_room": 12_000,
    "finish": 8_000,
    "review": 55_000,
    "history": 16_000,
}
"""What is added to a page, so that it is as long as the site's, in characters."""

FILLERS = {name: mark_safe("<!-- " + "." * length + " -->") for name, length in LENGTHS.items()}  # noqa: S308


def page(request, name, **context):
    return render(request, f"bare/{name}.html", {"filler": FILLERS[name], **context})


def mine(request):
    """The attempts of who asks, a user or a guest."""
    if request.user.is_authenticated:
        return Attempt.objects.filter(user=request.user)
    return Attempt.objects.filter(guest_key=request.session.get("guest_key", "nobody"))


def answers_of(request, pk):
    rows = Answer.objects.filter(attempt=pk, attempt__in=mine(request)).order_by("position")
    return list(rows.select_related("attempt", "version"))


def room(request, name, pk, position=1):
    answers = answers_of(request, pk)
    current = next(answer for answer in answers if answer.position == position)
    return page(request, name, answers=answers, current=current, pk=pk)


@ensure_csrf_cookie
def home(request):
    return page(request, "home", interviews=Interview.objects.active())


@ensure_csrf_cookie
def interview(request, slug):
    chosen = get_object_or_404(Interview, slug=slug)
    if request.method == "GET":
        return page(request, "interview", interview=chosen)
    key = request.session.setdefault("guest_key", secrets.token_urlsafe(32))
    now = timezone.now()  # noqa: TID251 - bare Django has no other clock
    user = request.user if request.user.is_authenticated else None
    attempt = Attempt.objects.create(
        user=user,
        guest_key="" if user else key,
        interview=chosen,
        interview_title=chosen.name,
        timing=chosen.timing,
        number=1,
        seed=1,
        started_at=now,
        deadline_at=now + timedelta(seconds=chosen.seconds),
        limit=timedelta(seconds=chosen.seconds),
    )
    drawn = Question.objects.filter(current_version__isnull=False).order_by("?")[:5]
    Answer.objects.bulk_create(
        Answer(attempt=attempt, position=position, version_id=question.current_version_id)
        for position, question in enumerate(drawn, start=1)
    )
    return redirect("bare_room", attempt.pk)


@ensure_csrf_cookie
def show_question(request, pk):
    return room(request, "room", pk)


def clock(request, pk):
    deadline_at = mine(request).values_list("deadline_at", flat=True).get(pk=pk)
    return JsonResponse({"running": True, "deadline": deadline_at})


@require_POST
def save(request, pk):
    """One UPDATE for a guest, whose key is in the session."""
    return store(request, Answer.objects.filter(attempt=pk, attempt__in=mine(request)))


@require_POST
@login_required
def save_logged_in(request, pk):
    """One UPDATE for a user."""
    return store(request, Answer.objects.filter(attempt=pk, attempt__user=request.user))


@require_POST
def save_of_anybody(request, pk):
    """One UPDATE that asks nobody who they are: session and user are not even read."""
    return store(request, Answer.objects.filter(attempt=pk))


def store(request, answers):
    answers.filter(position=request.POST["position"]).update(text=request.POST["text"])
    return JsonResponse({"stored": True, "revision": 1})


@require_POST
def submit(request, pk):
    store(request, Answer.objects.filter(attempt=pk, attempt__in=mine(request)))
    position = min(int(request.POST["position"]) + 1, 5)
    return room(request, "_room", pk, position)


def finish(request, pk):
    if request.method == "GET":
        return page(request, "finish", answers=answers_of(request, pk), pk=pk)
    now = timezone.now()  # noqa: TID251 - bare Django has no other clock
    mine(request).filter(pk=pk).update(
        state="submitted", finish_reason="submitted", finished_at=now, score=50
    )
    return redirect("bare_review", pk)


def review(request, pk):
    return page(request, "review", answers=answers_of(request, pk))


def history(request):
    return page(request, "history", attempts=mine(request)[:20])


urlpatterns = [
    path("", home, name="bare_home"),
    path("interviews/<slug:slug>/", interview, name="bare_interview"),
    path("attempts/", history, name="bare_history"),
    path("attempts/<uuid:pk>/", show_question, name="bare_room"),
    path("attempts/<uuid:pk>/save/", save),
    path("attempts/<uuid:pk>/save-logged-in/", save_logged_in),
    path("attempts/<uuid:pk>/save-of-anybody/", save_of_anybody),
    path("attempts/<uuid:pk>/clock/", clock),
    path("attempts/<uuid:pk>/submit/", submit, name="bare_submit"),
    path("attempts/<uuid:pk>/finish/", finish, name="bare_finish"),
    path("attempts/<uuid:pk>/review/", review, name="bare_review"),
]
