"""Whose account a command acts as in the admin's log."""

from django.contrib.auth.models import User
from django.core.management.base import CommandError, CommandParser
from django.db.models import Q


def add_user_argument(parser: CommandParser) -> None:
    parser.add_argument(
        "--user",
        metavar="ACCOUNT",
        help="email address or user name that the log names; without it the log names the account"
        " “command line”, with which nobody can log in",
    )


def account_named(name: str | None) -> User | None:
    """The account of --user, None without one. Raises CommandError."""
    if name is None:
        return None
    found = User.objects.filter(Q(username=name) | Q(email__iexact=name))[:2]
    if len(found) != 1:
        why = "There are several accounts" if found else "There is no account"
        raise CommandError(f"{why} {name!r}. Nothing was written.")
    return found[0]
