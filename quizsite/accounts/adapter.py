"""What allauth asks of the site: who may try a password, where a log-in leads, what mail says."""

import logging
from typing import ClassVar
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import User
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage
from django.db.transaction import on_commit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from attempts.owners import unclaimed_guest
from quizsite.accounts import known_browsers
from quizsite.accounts.guesses import Guess, give_back

logger = logging.getLogger(__name__)

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
"""What a session says of how somebody logged in. It stays the name that it has always been, so that
a new release logs nobody out."""

STAGES = {
    "allauth.account.stages.EmailVerificationStage": (
        "quizsite.accounts.unconfirmed.ConfirmAddressStage"
    )
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": "Too many failed log-ins, so this one was not tried. Wait five"
        " minutes and try again, or set a new password with “Forgotten your password?”.",
    }

    def authenticate(self, request: HttpRequest, **credentials: str) -> User | None:
        """Whose password it is. Raises ValidationError if there were too many guesses."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and hasattr(user, "backend"):
            user.backend = BACKEND
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        self._taken = Guess(request, _login(credentials)).take()
        if self._taken is None:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        give_back(self._taken or [])

    def _delete_login_attempts_cached_email(self, request: HttpRequest, email: str) -> None:
        Guess(request, _login({"email": email})).forget()

    def get_login_stages(self) -> list[str]:
        return [STAGES.get(stage, stage) for stage in super().get_login_stages()]

    def post_login(self, request: HttpRequest, user: User, **login: object) -> HttpResponse:
        """Where a log-in leads: first to the question whose the guest's attempts are, if any.

        Every way to log in leads here, the admin's too. A page's script stays where it is.
        """
        response: HttpResponse = super().post_login(request, user, **login)
        if unclaimed_guest(request) is not None:
            after = urlencode({"next": response.headers["Location"]})
            response = redirect(f"{reverse('attempts:whose')}?{after}")
        known_browsers.remember(request, response, [user.email, user.get_username()])
        return response

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


def _login(credentials: dict[str, str]) -> str:
    """What somebody typed to say who they are."""
    return (credentials.get("username") or credentials.get("email") or "").strip().lower()


def send_or_log(message: EmailMessage) -> None:
    try:
        message.send()
    except OSError as error:  # like all errors of smtplib, whose texts may hold the address
        logger.error("An email could not be sent: %s", type(error).__name__)
