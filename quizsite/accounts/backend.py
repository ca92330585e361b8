"""Logging in with an email address: one password is checked, whoever the address belongs to."""

from typing import cast

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class EmailBackend(AuthenticationBackend):
    """Of allauth's backend it takes what becomes of somebody whose account is inactive."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        email: str | None = None,
        **credentials: object,
    ) -> User | None:
        """The active user with this address and password. Raises PermissionDenied if there is none.

        An unknown address takes the time of one hash, as a known one does. Without an address, or
        with a user name, it is a matter of the other backends.
        """
        if username is not None or email is None or password is None:
            return None
        account = account_of(email)
        if account is None:
            User().set_password(password)
        elif user := self._check_password(account, password):
            return cast(User, user)
        raise PermissionDenied  # the other backends would check more passwords


def account_of(email: str) -> User | None:
    """Who logs in with this address: whoever confirmed it, else whose own address it is.

    An address that somebody has only added to their account says nothing about another account.
    """
    address = email.strip().lower()
    confirmed = EmailAddress.objects.filter(email=address, verified=True).select_related("user")
    if found := confirmed.first():
        return cast(User, found.user)
    return User.objects.filter(email__iexact=address).order_by("pk").first()
