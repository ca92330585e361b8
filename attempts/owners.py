"""Whose attempt it is: a user's, or a guest's who is known by a key in the session."""

import secrets
from dataclasses import dataclass

from django.db.models import Q

GUEST_KEY = "guest_key"


@dataclass(frozen=True)
class Owner:
    """Exactly one of the two is set, else ValueError: an empty key would name all users."""

    user_id: int | None = None
    guest_key: str = ""

    def __post_init__(self):
        if (self.user_id is None) == (self.guest_key == ""):
            raise ValueError("an owner is a user or a guest")

    def condition(self, path: str = "") -> Q:
        """What selects the owner's attempts; `path` leads to them, such as "attempt__"."""
        if self.user_id is not None:
            return Q(**{f"{path}user_id": self.user_id})
        return Q(**{f"{path}guest_key": self.guest_key})

    def fields(self) -> dict:
        """The columns of an attempt that name this owner."""
        return {"user_id": self.user_id, "guest_key": self.guest_key}


def owner_of(request) -> Owner | None:
    """Who is asking; None for a visitor who has nothing here yet."""
    if request.user.is_authenticated:
        return Owner(user_id=request.user.pk)
    key = request.session.get(GUEST_KEY)
    return Owner(guest_key=key) if key else None


def owner_or_new_guest(request) -> Owner:
    """Who is asking; a visitor becomes a guest, remembered by the session cookie."""
    if owner := owner_of(request):
        return owner
    request.session[GUEST_KEY] = secrets.token_urlsafe(32)
    return Owner(guest_key=request.session[GUEST_KEY])
