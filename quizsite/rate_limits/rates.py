"""All figures, in allauth's notation: how many, in which time, for each what.

They are made for a class of thirty people behind one router, all within the same minute: that is
one network, which counts by "ip" (an IPv6 address by its /64). "key" is an account or a person.
"""

GUESSES = {
    # Each of thirty people with one typing error. What was right is given back.
    "guess_by_network": "60/m/ip",
    "guess_by_account_and_network": "5/5m/key",
    # Unknown browsers in all networks together: they wait for one of these to be an hour old.
    "guess_by_account": "100/h/key",
    "guess_by_account_and_browser": "5/5m/key",
}

ACCOUNTS = {
    "login": "120/m/ip",
    "signup": "60/m/ip,300/h/ip",
    "reset_password": "60/m/ip,300/h/ip,5/h/key",
    "reset_password_from_key": "60/m/ip",
}

RATES = {**GUESSES, **ACCOUNTS}
