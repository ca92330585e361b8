"""Links that show one result to whoever has them."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from attempts.models import Attempt, ResultLink
from attempts.models.personal.result_link import hash_of
from attempts.owners import Owner
from attempts.rules.lifecycle import IllegalTransition
from attempts.transitions.locked import lock

MOST_LINKS = 10
"""Live links of one attempt."""


class TooManyLinks(Exception):
    """The attempt has MOST_LINKS live links."""


@transaction.atomic
def share(
    owner: Owner, attempt_id: UUID, lifetime: timedelta, *, shows_answers: bool, now: datetime
) -> str:
    """A new link to a result. Returns the secret part of its address, which is not stored.

    Raises IllegalTransition unless the attempt is finished, and TooManyLinks.
    """
    attempt = lock(owner, attempt_id, now).attempt
    if not attempt.is_finished:
        raise IllegalTransition("only a result can be shared")
    if attempt.result_links.live(now).count() >= MOST_LINKS:
        raise TooManyLinks
    token = secrets.token_urlsafe(32)
    attempt.result_links.create(
        token_hash=hash_of(token),
        shows_answers=shows_answers,
        created_at=now,
        expires_at=now + lifetime,
    )
    return token


def take_back(owner: Owner, attempt_id: UUID, link_id: int) -> bool:
    """Delete one of the links of the owner's attempt. Returns whether there was such a link."""
    mine = Attempt.objects.owned_by(owner).filter(pk=attempt_id)
    count, _ = ResultLink.objects.filter(attempt__in=mine, pk=link_id).delete()
    return bool(count)


def delete_expired_links(*, now: datetime) -> int:
    """Returns how many."""
    count, _ = ResultLink.objects.expired(now).delete()
    return count
