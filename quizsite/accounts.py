"""How accounts join the rest: a guest's attempts follow the guest into the account."""

import logging
from functools import wraps

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import SignupView, logout
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sites.shortcuts import get_current_site
from django.db.transaction import atomic, on_commit
from django.dispatch import receiver

from attempts import transitions
from attempts.owners import GUEST_KEY
from quizsite.clock import database_now

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    def login(self, request, user):
        """Every door leads here: log in and move the guest's attempts, both or neither.

        No more than that is one transaction: the counters of the rate limits are rows that all
        log-ins from one address write, and would be locked while a password is being hashed.
        """
        with atomic():
            super().login(request, user)

    def send_mail(self, template_prefix, email, context):
        """When what it speaks of is stored; a mail server that is away costs nobody an account."""
        about = {"request": self.request, "email": email}
        about |= {"current_site": get_current_site(self.request), **context}
        message = self.render_mail(template_prefix, email, about)
        on_commit(lambda: send(message))


def send(message) -> None:
    try:
        message.send()
    except OSError as error:  # all of smtplib's are; their words may hold the address
        log.error("A mail could not be sent: %s", type(error).__name__)


class SignUp(SignupView):
    def form_valid(self, form):
        """Make the account, log in and move the guest's attempts: all of it, or nothing."""
        with atomic():
            return super().form_valid(form)


def forgetting_unsaved(leave):
    """The view, and a cookie by which the next page clears the browser's mirror of unsaved text.

    Clear-Site-Data would take along what somebody chose for this browser, and needs TLS.
    """

    @wraps(leave)
    def view(request, *args, **kwargs):
        response = leave(request, *args, **kwargs)
        if request.method == "POST":
            response.set_cookie(
                "forget-unsaved",
                "1",
                max_age=settings.SESSION_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response

    return view


log_out = forgetting_unsaved(logout)


@receiver(user_logged_in)
def claim_guest_attempts(request, user, **kwargs):
    """Runs in the transaction of the log-in (AccountAdapter.login)."""
    if key := request.session.pop(GUEST_KEY, None):
        transitions.claim(key, user, now=database_now())
