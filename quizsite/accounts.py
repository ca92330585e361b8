"""What the site adds to allauth's accounts: a guest's attempts move into the account."""

import logging
from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import SignupView, logout
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage
from django.db.transaction import atomic, on_commit
from django.dispatch import receiver
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from attempts import transitions
from attempts.owners import GUEST_KEY
from quizsite.clock import database_now

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]


class AccountAdapter(DefaultAccountAdapter):
    def login(self, request: HttpRequest, user: User) -> None:
        """Log in and move the guest's attempts: both or neither. Every way to log in leads here.

        The transaction holds nothing else. All log-ins from one address write the same counters of
        the rate limits, which would stay locked in it while a password is hashed.
        """
        with atomic():
            super().login(request, user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Send an email after the transaction. Where no mail server answers, that is logged."""
        context = {
            "request": self.request,
            "email": email,
            "current_site": get_current_site(self.request),
            **context,
        }
        message = self.render_mail(template_prefix, email, context)
        on_commit(lambda: send_or_log(message))


def send_or_log(message: EmailMessage) -> None:
    try:
        message.send()
    except OSError as error:  # like all errors of smtplib, whose texts may hold the address
        logger.error("An email could not be sent: %s", type(error).__name__)


class SignUpView(SignupView):
    def form_valid(self, form: Form) -> HttpResponse:
        """Make the account, log in and move the guest's attempts: all of it, or nothing."""
        with atomic():
            response: HttpResponse = super().form_valid(form)
        return response


def forgets_unsaved_text(log_out: View) -> View:
    """Decorate a view that logs out, so that the browser forgets what it kept of unsaved text.

    The view sets a cookie, by which the next page's script knows. The header Clear-Site-Data would
    also delete what somebody chose for this browser, and works with TLS alone.
    """

    @wraps(log_out)
    def view(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = log_out(request, *args, **kwargs)
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


log_out = forgets_unsaved_text(logout)


@receiver(user_logged_in)
def claim_guest_attempts(request: HttpRequest, user: User, **kwargs: object) -> None:
    """Runs in the transaction of the log-in (AccountAdapter.login)."""
    if key := request.session.pop(GUEST_KEY, None):
        transitions.claim(key, user, now=database_now())
