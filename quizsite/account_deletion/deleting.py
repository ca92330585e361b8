"""Deletes an account with all that its person has here; the history of the content stays."""

from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model

from attempts import transitions
from attempts.owners import Owner
from questions.bank.log import DELETED, deleted_account

ABOUT_A_PERSON: tuple[type[Model], ...] = (User, EmailAddress, Authenticator)
"""Models whose rows the admin's log names by what a person is called."""


class LastSuperuser(Exception):
    """Without this account nobody could give rights to anybody."""


@transaction.atomic
def delete_account(user_id: int) -> list[UUID]:
    """Returns the ids of the attempts that went with it. Raises LastSuperuser, and deletes nothing.

    Versions of questions and answers to reports stay, without a name. So does what the admin's log
    says of the content, in the name of "deleted account". The attempts are locked first and the
    account after them, in the order of whoever moves attempts to it; nothing can be added to an
    account that is locked.
    """
    ids = transitions.delete_all(Owner(user_id=user_id))
    user = _lock(user_id)
    LogEntry.objects.filter(user=user).update(user=deleted_account())
    _forget_names(user)
    user.delete()
    return ids


def _lock(user_id: int) -> User:
    """The account; with a superuser's those of all superusers, so that two cannot be the last."""
    user = User.objects.get(pk=user_id)
    if user.is_superuser:
        superusers = User.objects.filter(is_superuser=True, is_active=True).order_by("pk")
        others = [each for each in superusers.select_for_update() if each.pk != user_id]
        if not any(each.has_usable_password() for each in others):
            raise LastSuperuser
    return User.objects.select_for_update().get(pk=user_id)


def _forget_names(user: User) -> None:
    """In what the admin's log says of the account, its addresses and second factors."""
    for model in ABOUT_A_PERSON:
        rows = model._default_manager.filter(**{"pk" if model is User else "user": user.pk})
        LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(model),
            object_id__in=[str(pk) for pk in rows.values_list("pk", flat=True)],
        ).update(object_repr=DELETED, change_message="")
