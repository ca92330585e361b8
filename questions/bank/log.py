"""The admin's log of what becomes of the bank's rows, also where no page writes it."""

from collections.abc import Sequence

from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

COMMAND_LINE = "command line"
"""The user name of the account that commands act as. No sign-up gives one with a blank."""


DELETED = "deleted account"
"""The same of the account that the log names in place of one that was deleted."""


def command_line_account() -> User:
    """The account that the log names where nobody was logged in."""
    return _nobody(COMMAND_LINE)


def deleted_account() -> User:
    """The account that the log names for what a deleted account did."""
    return _nobody(DELETED)


def _nobody(name: str) -> User:
    """An account with which nobody can log in."""
    account = User(username=name, is_active=False, password=make_password(None))
    # One statement, whether or not the account is there, and whoever makes it meanwhile.
    (account,) = User.objects.bulk_create(
        [account],
        update_conflicts=True,
        unique_fields=["username"],
        update_fields=["is_active", "password"],
    )
    return account


def log_rows(messages: Sequence[tuple[Model, str]], flag: int, user: User) -> None:
    """Write into the log what became of each row, in one statement; all are of one model."""
    if not messages:
        return
    kind = ContentType.objects.get_for_model(messages[0][0])
    LogEntry.objects.bulk_create(
        LogEntry(
            user=user,
            content_type=kind,
            object_id=str(row.pk),
            object_repr=str(row)[:200],
            action_flag=flag,
            change_message=message,
        )
        for row, message in messages
    )
