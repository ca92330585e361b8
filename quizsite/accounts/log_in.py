"""What a log-in and a log-out do to the guest of the browser."""

from allauth.account.views import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from attempts.owners import GUEST_KEY, Owner
from attempts.transitions.personal.belongings import has_anything
from attempts.unsaved_text import forgets_unsaved_text

log_out = forgets_unsaved_text(logout)


@receiver(user_logged_in)
def forget_empty_guest(request: HttpRequest, **kwargs: object) -> None:
    """A guest who has nothing leaves nothing to ask about."""
    key = request.session.get(GUEST_KEY)
    if key and not has_anything(Owner(guest_key=key)):
        del request.session[GUEST_KEY]
