"""Signing up: an account and its log-in."""

from allauth.account.views import SignupView
from django.db.transaction import atomic
from django.forms import Form
from django.http import HttpResponse


class SignUpView(SignupView):
    def form_valid(self, form: Form) -> HttpResponse:
        """Make the account and log in: both, or nothing."""
        with atomic():
            response: HttpResponse = super().form_valid(form)
        return response
