"""All figures, in allauth's notation: how many, in which time, for each what.

They are made for a class of thirty people behind one router, all within the same minute: that is
one network, which counts by "ip" (an IPv6 address by its /64). "key" is an account or a person.
"""

from dataclasses import dataclass

GUESSES = {
    # Each of thirty people with one typing error. What was right is given back.
    "guess_by_network": "60/m/ip",
    "guess_by_account_and_network": "5/5m/key",
    # Unknown browsers in all networks together: they wait for one of these to be an hour old.
    "guess_by_account": "100/h/key",
    "guess_by_account_and_browser": "5/5m/key",
}

ACCOUNTS = {
    # Codes of a second factor: after a password that was right.
    "login_failed": "60/m/ip,5/5m/key",
    "login": "120/m/ip",
    "signup": "60/m/ip,300/h/ip",
    "reset_password": "60/m/ip,300/h/ip,5/h/key",
    "reset_password_from_key": "60/m/ip",
}

RATES = {**GUESSES, **ACCOUNTS}
"""For allauth, in its notation."""


@dataclass(frozen=True)
class Rate:
    """At most so many within so many seconds, counted from the full multiple of them."""

    most: int
    seconds: int


@dataclass(frozen=True)
class Limit:
    """What one person may do, and all people of one network together.

    A person is a user or a guest; a visitor who is neither yet counts for the network only.
    """

    person: Rate
    network: Rate
    methods: tuple[str, ...] = ("POST",)


MINUTE, HOUR = 60, 3600
START = Limit(Rate(30, MINUTE), Rate(600, MINUTE))
DELETE = Limit(Rate(60, MINUTE), Rate(600, MINUTE))
IMPORT = Limit(Rate(20, MINUTE), Rate(100, MINUTE))

LIMITS = {
    "interview": START,
    "own:build": START,
    "own:interview": START,
    "practice:start": START,
    "practice:next": START,
    "attempts:take_follow_up": START,
    "attempts:share": Limit(Rate(20, MINUTE), Rate(600, MINUTE)),
    "attempts:report": Limit(Rate(20, MINUTE), Rate(600, MINUTE)),  # beside 20 a day
    "attempts:download": Limit(Rate(10, 10 * MINUTE), Rate(300, 10 * MINUTE), ("GET",)),
    "attempts:delete": DELETE,
    "attempts:delete_all": DELETE,
    "attempts:forget": DELETE,
    "attempts:return": DELETE,
    "account_delete": DELETE,
    "admin:questions_question_import": IMPORT,
    "admin:questions_question_import_apply": IMPORT,
    "admin:questions_question_try": Limit(Rate(60, MINUTE), Rate(600, MINUTE)),
}
"""For everything else, by the name of its address."""
