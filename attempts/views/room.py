"""The interview room: one question at a time, against the server's clock."""

from datetime import timedelta

from django.core import signing
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import retarget

from attempts import transitions
from attempts.forms import AnswerForm, FlagForm, MoveForm
from attempts.marking.suggesting import suggest_soon
from attempts.models import Answer, Attempt
from attempts.owners import GUEST_KEY
from attempts.rules.saves import Verdict
from attempts.views.access import for_owner, go_to_attempt
from attempts.views.resend import resend
from attempts.views.room_page import Room, load_current, room_of
from quizsite.clock import database_now
from quizsite.page_scripts import is_page_script

PASS_MAX_AGE = timedelta(days=1)
STATUS = {Verdict.CONFLICT: 409, Verdict.LATE: 410}


@require_GET
@ensure_csrf_cookie
@vary_on_headers("HX-Request")
@for_owner
def room(request, owner, pk):
    now = database_now()
    attempt, answers = load_current(owner, pk, now)
    if not attempt.is_running:
        return go_to_attempt(request, attempt)
    return show(request, room_of(attempt, answers, now))


def show(request, shown: Room, *, status: int = 200) -> HttpResponse:
    """The whole page, or for htmx the room alone, whatever the button wanted to replace."""
    template = "attempts/_room.html" if request.htmx else "attempts/room.html"
    context = {"room": shown, "guest_pass": guest_pass(shown.attempt)}
    return retarget(render(request, template, context, status=status), "#room")


def guest_pass(attempt: Attempt) -> str:
    """Lets the page of a guest whose cookies went come back as the same guest; "" for users."""
    return signing.dumps(attempt.guest_key, salt=GUEST_KEY) if attempt.guest_key else ""


@require_POST
@never_cache
def come_back(request):
    """For the page's script: a guest who lost the session cookie takes it up again."""
    try:
        key = signing.loads(request.POST.get("pass", ""), salt=GUEST_KEY, max_age=PASS_MAX_AGE)
    except signing.BadSignature:
        return HttpResponse(status=403)
    request.session[GUEST_KEY] = key
    return HttpResponse(status=204)


@require_POST
@for_owner
def save(request, owner, pk):
    """For the page's script: store the text in the box. Answers in JSON what became of it."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"verdict": "invalid", "message": first_error(form)}, status=422)
    saved = transitions.save(owner, pk, form.cleaned_data["position"], form.sent())
    reply = {
        "verdict": saved.verdict,
        "revision": saved.answer.revision,
        "running": saved.attempt.is_running,
        "open": saved.answer.clock().is_open or not saved.attempt.forward_only,
    }
    if saved.verdict in (Verdict.CONFLICT, Verdict.NOT_EMPTIED):
        reply["stored"] = saved.answer.text
    return JsonResponse(reply, status=STATUS.get(saved.verdict, 200))


def first_error(form) -> str:
    return next(iter(form.errors.values()))[0]


def with_text(form_class, step):
    """A view that stores the text of the form, takes a step, and shows where that leads.

    step(owner, pk, form, now) -> Saved. What can't be stored stays in the box, beside the reason.
    """

    @require_POST
    @for_owner
    def view(request, owner, pk):
        now = database_now()
        form = form_class(request.POST)
        if not form.is_valid():
            return put_back(request, owner, pk, form, now)
        saved = step(owner, pk, form, now)
        if saved.verdict == Verdict.CONFLICT:
            return let_choose(request, owner, pk, form, now)
        if saved.answer.closed_at is not None:
            suggest_soon([saved.answer])
        return arrive(request, owner, pk, now)

    return view


submit = with_text(
    AnswerForm,
    lambda owner, pk, form, now: transitions.submit(
        owner, pk, form.cleaned_data["position"], form.sent(), now=now
    ),
)
skip = with_text(
    AnswerForm,
    lambda owner, pk, form, now: transitions.skip(
        owner, pk, form.cleaned_data["position"], form.sent(), now=now
    ),
)
move = with_text(
    MoveForm,
    lambda owner, pk, form, now: transitions.move(
        owner, pk, form.cleaned_data["position"], form.sent(), form.cleaned_data["go_to"], now=now
    ),
)


@require_POST
@for_owner
def go(request, owner, pk, position):
    """Open a question from the page that counts them."""
    now = database_now()
    transitions.visit(owner, pk, position, now=now)
    return arrive(request, owner, pk, now)


def arrive(request, owner, pk, now) -> HttpResponse:
    """Where the attempt is now: for htmx the room itself, else by way of a redirect."""
    attempt, answers = load_current(owner, pk, now)
    if request.htmx and attempt.is_running:
        return show(request, room_of(attempt, answers, now))
    return go_to_attempt(request, attempt)


def put_back(request, owner, pk, form, now) -> HttpResponse:
    """The text can't be stored as it is: it stays in the box, the reason beside it.

    Where its question takes no text any more, a page of its own holds it. htmx would put that in
    place of the box, so it gets a status that it swaps nothing for.
    """
    attempt, answers = load_current(owner, pk, now)
    asked, reason = _on_the_page(attempt, answers, form), first_error(form)
    if asked is None or "text" not in form.data:
        return resend(request, status=400 if is_page_script(request) else 422, reason=reason)
    sent = {"text": form.data["text"], "revision": form.cleaned_data.get("revision") or 0}
    shown = room_of(attempt, answers, now, current=asked, error=reason, **sent)
    return show(request, shown, status=422)


def _on_the_page(attempt, answers, form) -> Answer | None:
    """The question that the form was sent for, as long as one may write there."""
    position = form.cleaned_data.get("position")
    asked = next((answer for answer in answers if answer.position == position), None)
    if asked is None or not attempt.is_running:
        return None
    return None if attempt.forward_only and not asked.clock().is_open else asked


def let_choose(request, owner, pk, form, now) -> HttpResponse:
    """Another tab or device wrote since: both texts, and the candidate chooses."""
    attempt, answers = load_current(owner, pk, now)
    asked = _on_the_page(attempt, answers, form)
    if asked is None:  # too late to choose: the text is kept with the result
        return arrive(request, owner, pk, now)
    sent = form.sent()
    texts = {"text": sent.text, "other": asked.text, "revision": sent.revision}
    return show(request, room_of(attempt, answers, now, current=asked, **texts), status=409)


@require_POST
@for_owner
def flag(request, owner, pk):
    """Mark or unmark the question. For htmx the box stays untouched, so its text is not stored."""
    now = database_now()
    form, answer = FlagForm(request.POST), AnswerForm(request.POST)
    for sent in [form] if request.htmx else [form, answer]:
        if not sent.is_valid():
            return put_back(request, owner, pk, sent, now)
    position, saved = form.cleaned_data["position"], None
    if not request.htmx:
        saved = transitions.save(owner, pk, position, answer.sent(), now=now)
    transitions.flag(owner, pk, position, form.cleaned_data["flagged"], now=now)
    if saved and saved.verdict == Verdict.CONFLICT:
        return let_choose(request, owner, pk, answer, now)
    attempt, answers = load_current(owner, pk, now)
    if request.htmx and attempt.is_running:
        return render(request, "attempts/_flagged.html", {"room": room_of(attempt, answers, now)})
    return go_to_attempt(request, attempt)
