"""Which browsers have been logged in to an account before, by a signed cookie.

Whoever guesses from many networks at once uses up what unknown browsers may guess. The owner's own
browser has guesses of its own, so it is not shut out by that
(https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies).
"""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "known_browser"
SALT = "quizsite.accounts.known_browsers"
MOST_ACCOUNTS = 8
"""On a shared computer the accounts that logged in last are known."""


@dataclass(frozen=True)
class Browser:
    """A name that the browser was given at random, and what it logged in to, newest first."""

    name: str
    accounts: tuple[str, ...] = ()

    def knows(self, login: str) -> bool:
        """login: what somebody typed to log in."""
        return _account(login) in self.accounts


def browser_of(request: HttpRequest) -> Browser:
    """The browser as its cookie says. Without a valid one: a new browser that knows nothing."""
    try:
        name, *accounts = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=settings.SESSION_COOKIE_AGE
        )
    except (signing.BadSignature, ValueError, TypeError):
        return Browser(secrets.token_urlsafe(12))
    return Browser(str(name), tuple(map(str, accounts)))


def remember(request: HttpRequest, response: HttpResponse, logins: list[str]) -> None:
    """Let the browser know an account from now on, by all that its owner may type to log in."""
    before = browser_of(request)
    new = [_account(login) for login in logins]
    accounts = list(dict.fromkeys([*new, *before.accounts]))[: 2 * MOST_ACCOUNTS]
    response.set_cookie(
        COOKIE,
        signing.dumps([before.name, *accounts], salt=SALT),
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _account(login: str) -> str:
    """Tells nobody the login, and cannot be tried out without the site's key."""
    return salted_hmac(SALT, login.strip().lower()).hexdigest()[:16]
