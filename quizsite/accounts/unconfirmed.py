"""Accounts whose owner has not shown yet that the address is theirs."""

from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from django.contrib.auth.models import User
from django.http import HttpResponse


def is_unconfirmed(user: User) -> bool:
    """Whether somebody signed up with an address and has not been in since.

    Who has been in before addresses were confirmed stays in. An account that staff made has no
    address of the kind that can be confirmed, and needs none.
    """
    addresses = EmailAddress.objects.filter(user=user).values_list("verified", flat=True)
    return user.last_login is None and bool(addresses) and not any(addresses)


class ConfirmAddressStage(EmailVerificationStage):
    """The step of a log-in that asks for a confirmed address: of new accounts only."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if self.login.user is not None and not is_unconfirmed(self.login.user):
            return None, True
        response, goes_on = super().handle()
        return response, goes_on
