"""Who may see what: an attempt is its owner's alone, and to anybody else it does not exist."""

from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect

from attempts.models import Answer, Attempt
from attempts.owners import owner_of
from attempts.rules.lifecycle import IllegalTransition
from attempts.views.resend import resend
from quizsite.page_scripts import is_page_script


def for_owner(view):
    """Call `view(request, owner, pk, …)`; whoever is not the owner gets a 404.

    A visitor whom nothing identifies may have been signed out: for a page's scripts that is a
    401, and a form that carried a text gets it handed back. What an attempt's state does not
    allow leads to where the attempt is now.
    """

    @never_cache
    @wraps(view)
    def wrapped(request, pk, *args, **kwargs):
        owner = owner_of(request)
        if owner is None:
            return _signed_out(request)
        try:
            return view(request, owner, pk, *args, **kwargs)
        except (Attempt.DoesNotExist, Answer.DoesNotExist):
            if _carries_text(request):
                return resend(request, status=404)
            raise Http404("no such attempt of yours") from None
        except IllegalTransition:
            return go_to_attempt(request, Attempt.objects.owned_by(owner).get(pk=pk))

    return wrapped


def _signed_out(request) -> HttpResponse:
    if is_page_script(request) or _carries_text(request):
        return resend(request, status=401)
    raise Http404("no such attempt of yours")


def _carries_text(request) -> bool:
    """Whether a person has pressed a button that sends what they wrote."""
    return (
        request.method == "POST" and not is_page_script(request) and bool(request.POST.get("text"))
    )


def go_to_attempt(request, attempt: Attempt) -> HttpResponse:
    """To the room of a running attempt, or to the result of one that has ended."""
    if request.htmx:
        return HttpResponseClientRedirect(attempt.get_absolute_url())
    return redirect(attempt)
