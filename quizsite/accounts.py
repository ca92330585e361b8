"""What the site adds to allauth's accounts: nobody gets a guest's attempts without being asked."""

import logging
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import SignupView, logout
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage
from django.db.transaction import atomic, on_commit
from django.dispatch import receiver
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from attempts.owners import GUEST_KEY, Owner, unclaimed_guest
from attempts.transitions.personal.belongings import has_anything
from attempts.unsaved_text import forgets_unsaved_text

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    def post_login(self, request: HttpRequest, user: User, **login: object) -> HttpResponse:
        """Where a log-in leads: first to the question whose the guest's attempts are, if any.

        Every way to log in leads here, the admin's too. A page's script stays where it is.
        """
        response: HttpResponse = super().post_login(request, user, **login)
        if unclaimed_guest(request) is None:
            return response
        after = urlencode({"next": response.headers["Location"]})
        return redirect(f"{reverse('attempts:whose')}?{after}")

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
        """Make the account and log in: both, or nothing."""
        with atomic():
            response: HttpResponse = super().form_valid(form)
        return response


log_out = forgets_unsaved_text(logout)


@receiver(user_logged_in)
def forget_empty_guest(request: HttpRequest, **kwargs: object) -> None:
    """A guest who has nothing leaves nothing to ask about."""
    key = request.session.get(GUEST_KEY)
    if key and not has_anything(Owner(guest_key=key)):
        del request.session[GUEST_KEY]
