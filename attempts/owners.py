"""Whose attempt it is: a user's, or a guest's who is known by a key in the session."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest

GUEST_KEY = "guest_key"
"""Where the session has the guest's key. It stays there when somebody logs in or out."""

FORGOTTEN = "forgotten_attempts"
"""Where the session has the ids of attempts that were removed from this browser, newest first."""

DELETED = "deleted_attempts"
"""The same for attempts that their owner deleted."""

MOST_REMOVED = 100
"""Enough for all pages that are still open when a browser is forgotten."""

NOT_MINE = "guest_is_somebody_else"
"""Where the session notes that the user who is logged in has disowned the guest's attempts."""


class Removal(StrEnum):
    """How an attempt was removed, as its open pages are told."""

    FORGOTTEN = "forgotten"
    DELETED = "deleted"
    ACCOUNT = "account"


PLACES = {
    Removal.FORGOTTEN: FORGOTTEN,
    Removal.DELETED: DELETED,
    Removal.ACCOUNT: "attempts_of_deleted_account",
}
"""Where the session has what was removed in which way."""


@dataclass(frozen=True)
class Owner:
    """A user or a guest. Raises ValueError unless exactly one of the two is set.

    (An empty guest key would select the attempts of all users.)
    """

    user_id: int | None = None
    guest_key: str = ""

    def __post_init__(self) -> None:
        if (self.user_id is None) == (self.guest_key == ""):
            raise ValueError("an owner is a user or a guest")

    @property
    def column(self) -> tuple[str, int | str]:
        """The column of an attempt that names this owner, and its value."""
        if self.user_id is not None:
            return "user_id", self.user_id
        return "guest_key", self.guest_key

    def condition(self, path: str = "") -> Q:
        """Selects the owner's attempts. `path` leads to them, such as "attempt__"."""
        name, value = self.column
        return Q(**{f"{path}{name}": value})


def owner_of(request: HttpRequest) -> Owner | None:
    """Who is asking; None for a visitor who has started nothing yet."""
    if request.user.is_authenticated:
        return Owner(user_id=request.user.pk)
    key = request.session.get(GUEST_KEY)
    return Owner(guest_key=key) if key else None


def owner_or_new_guest(request: HttpRequest) -> Owner:
    """Who is asking; a visitor becomes a guest, remembered by the session cookie."""
    if owner := owner_of(request):
        return owner
    request.session[GUEST_KEY] = secrets.token_urlsafe(32)
    return Owner(guest_key=request.session[GUEST_KEY])


def unclaimed_guest(request: HttpRequest) -> Owner | None:
    """The guest of this browser, if a user is logged in who has not said whose the attempts are."""
    key = request.session.get(GUEST_KEY)
    if not key or not request.user.is_authenticated or request.session.get(NOT_MINE):
        return None
    return Owner(guest_key=key)


def owners_of(request: HttpRequest) -> list[Owner]:
    """All whose attempts the person may reach by their addresses.

    A guest who logs in in the middle of an interview goes on in it as a guest, until they are
    asked whose it is. The guest comes first, because an attempt moves from guest to user only.
    """
    return [owner for owner in (unclaimed_guest(request), owner_of(request)) if owner]


def note_removed(request: HttpRequest, how: Removal, ids: Iterable[UUID]) -> None:
    """Let the session remember what was removed, for pages that are still open in another tab."""
    name = PLACES[how]
    removed = [*map(str, ids), *request.session.get(name, [])]
    request.session[name] = removed[:MOST_REMOVED]


def removal_of(request: HttpRequest, attempt_id: UUID) -> Removal | None:
    """Whether and how the attempt was removed, so that its open pages can say so."""
    for how, name in PLACES.items():
        if str(attempt_id) in request.session.get(name, ()):
            return how
    return Removal.ACCOUNT if _has_lost_account(request) else None


def _has_lost_account(request: HttpRequest) -> bool:
    """Whether the account that was logged in here has been deleted meanwhile, maybe elsewhere."""
    if SESSION_KEY not in request.session or request.user.is_authenticated:
        return False
    return not User.objects.filter(pk=request.session[SESSION_KEY]).exists()


def may_return(request: HttpRequest, key: str) -> bool:
    """Whether the session may become this guest's again: it is no other guest's by now, and no
    user is logged in who has disowned its guest."""
    return request.session.get(GUEST_KEY, key) == key and not request.session.get(NOT_MINE)
