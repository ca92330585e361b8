"""How often passwords may be guessed: by account and network together, so that no guesser shuts
the owner out who is elsewhere.

Everything counts while the password is being checked, and is given back if it was right.
"""

from dataclasses import dataclass

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from quizsite.accounts.known_browsers import browser_of

APP = "allauth.account"


@dataclass(frozen=True)
class Guess:
    """What one try uses up. login: what somebody typed, whether or not there is such an account."""

    request: HttpRequest
    login: str

    def uses(self) -> dict[str, str]:
        """Which rates it counts for, and by which key."""
        browser = browser_of(self.request)
        if browser.knows(self.login):
            return {"guess_by_account_and_browser": f"{self.login}|{browser.name}"}
        network = ratelimit.get_ip(self.request)
        return {
            "guess_by_account_and_network": f"{self.login}|{network}",
            "guess_by_account": self.login,
        }

    def take(self) -> list[ratelimit.RateLimitUsage] | None:
        """Count it. None if there have been too many."""
        taken: list[ratelimit.RateLimitUsage] = []
        for action, key in {"guess_by_network": "", **self.uses()}.items():
            usage = ratelimit.consume(self.request, app=APP, action=action, key=key)
            if not usage:
                give_back(taken)
                return None
            taken.append(usage)
        return taken

    def forget(self) -> None:
        """Begin anew: the account's owner has set another password by mail."""
        for action, key in self.uses().items():
            ratelimit.clear(self.request, app=APP, action=action, key=key)


def give_back(taken: list[ratelimit.RateLimitUsage]) -> None:
    for usage in taken:
        usage.rollback()
