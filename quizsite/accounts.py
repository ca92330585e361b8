"""How accounts join the rest: a guest's attempts follow the guest into the account."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from attempts import transitions
from attempts.owners import GUEST_KEY
from quizsite.clock import database_now


@receiver(user_logged_in)
def claim_guest_attempts(request, user, **kwargs):
    """Runs in the transaction of the log-in or sign-up view (quizsite.urls wraps them)."""
    if key := request.session.pop(GUEST_KEY, None):
        transitions.claim(key, user, now=database_now())
