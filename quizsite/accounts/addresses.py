"""The page on which somebody manages the addresses of their account."""

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.views import EmailView
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class AddressesView(EmailView):
    """allauth's, but where addresses are confirmed an account uses none before it is.

    allauth lets an account without a confirmed address use any, which may be a stranger's: whoever
    owns it could then neither sign up nor log in with it.
    """

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        address = request.POST.get("email", "")
        if "action_primary" in request.POST and not _may_be_used(request.user, address):
            refused = "account/messages/unverified_primary_email.txt"
            get_adapter().add_message(request, messages.ERROR, refused)
            return redirect("account_email")
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response


def _may_be_used(user: User | AnonymousUser, address: str) -> bool:
    if app_settings.EMAIL_VERIFICATION != "mandatory":
        return True
    return EmailAddress.objects.filter(user=user, email__iexact=address, verified=True).exists()
