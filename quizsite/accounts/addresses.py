"""The page on which somebody manages the addresses of their account."""

from typing import cast

from allauth.account import app_settings, views
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def addresses(request: HttpRequest) -> HttpResponse:
    """allauth's, but where addresses are confirmed an account uses none before it is.

    allauth lets an account without a confirmed address use any, which may be a stranger's: whoever
    owns it could then neither sign up nor log in with it.
    """
    if _is_unconfirmed_choice(request):
        refused = "account/messages/unverified_primary_email.txt"
        get_adapter().add_message(request, messages.ERROR, refused)
        return redirect("account_email")
    return cast(HttpResponse, views.email(request))


def _is_unconfirmed_choice(request: HttpRequest) -> bool:
    """Whether somebody wants to use an address from now on that they have not confirmed."""
    is_choice = "action_primary" in request.POST and request.user.is_authenticated
    if not is_choice or app_settings.EMAIL_VERIFICATION != "mandatory":
        return False
    chosen = EmailAddress.objects.filter(email__iexact=request.POST.get("email", ""))
    mine: bool = chosen.filter(user=request.user, verified=True).exists()
    return not mine
