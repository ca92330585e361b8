"""Signing up, without telling whether the address has an account.

Where addresses are confirmed (ACCOUNT_EMAIL_VERIFICATION is "mandatory"), every sign-up is answered
by "we have sent you a message", and only the message says which of the two it is.
"""

from allauth.account import app_settings
from allauth.account.forms import SignupForm
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.account.views import SignupView
from django.contrib.auth.models import User
from django.db.transaction import atomic, set_rollback
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from quizsite.accounts.backend import account_of
from quizsite.accounts.unconfirmed import is_unconfirmed


class SignUpForm(SignupForm):
    def validate_unique_email(self, value: str) -> str:
        """The address. Raises ValidationError if it is taken and no mail could say so instead."""
        if app_settings.EMAIL_VERIFICATION != "mandatory":
            return str(super().validate_unique_email(value))
        account = account_of(value)
        self.account_already_exists = account is not None and not is_unconfirmed(account)
        return value

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account; or, where there is one, do the same work and take it back.

        Nobody has been in an account whose address was never confirmed. It is made anew, with the
        password of who signs up last.
        """
        if app_settings.EMAIL_VERIFICATION != "mandatory":
            return self.save(request), None
        address, is_taken = self.cleaned_data["email"], self.account_already_exists
        self.account_already_exists = False
        with atomic():
            if (before := account_of(address)) is not None and is_unconfirmed(before):
                before.delete()
            user: User = self.save(request)
            set_rollback(is_taken)
        return (None, prevent_enumeration(request, email=address)) if is_taken else (user, None)


class SignUpView(SignupView):
    def form_valid(self, form: Form) -> HttpResponse:
        """Make the account and log in: both, or nothing."""
        with atomic():
            response: HttpResponse = super().form_valid(form)
        return response
