"""Whose attempt it is: a user's, or a guest's who is known by a key in the session."""

import secrets
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest

GUEST_KEY = "guest_key"


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
