"""The account itself: of a guest, these tables are empty."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User

from attempts.own_data.table import Column, Table
from attempts.own_data.tables.attempts import OWNER, ROW
from attempts.owners import Owner


def account_tables(owner: Owner) -> list[Table]:
    def users() -> Iterator[User]:
        return User.objects.filter(pk=owner.user_id or 0).iterator()

    def addresses() -> Iterator[EmailAddress]:
        return iter(EmailAddress.objects.filter(user=owner.user_id).order_by("pk"))

    def factors() -> Iterator[Authenticator]:
        return iter(Authenticator.objects.filter(user=owner.user_id).order_by("pk"))

    secrets = "the secret by which it works; the name that you gave a passkey is in this table"
    return [
        Table("account", "Your account.", User, users, ACCOUNT,
              {**ROW, "password": "a secret, of which the site keeps a check only"}),
        Table("email_addresses", "Your email addresses.", EmailAddress, addresses, ADDRESSES,
              {**ROW, "user": OWNER["user"]}),
        Table("second_factors", "Your second factors and passkeys.", Authenticator, factors,
              FACTORS, {**ROW, "user": OWNER["user"], "data": secrets}),
    ]  # fmt: skip


ACCOUNT = [
    Column("username", "A name that the site made of your email address."),
    Column("first_name", "Your first name, if staff entered it."),
    Column("last_name", "Your last name, if staff entered it."),
    Column("email", "The address by which you log in."),
    Column("date_joined", "When the account was made."),
    Column("last_login", "When you last logged in."),
    Column("is_active", "Whether you can log in."),
    Column("is_staff", "Whether you may use the admin."),
    Column("is_superuser", "Whether you may do everything there."),
    Column("groups", "Your groups of staff.",
           read=lambda user: list(user.groups.values_list("name", flat=True))),
    Column("user_permissions", "What else you may do as staff.",
           read=lambda user: list(user.user_permissions.values_list("codename", flat=True))),
]  # fmt: skip
ADDRESSES = [
    Column("email", "The address."),
    Column("verified", "Whether you confirmed it."),
    Column("primary", "Whether it is the one in use."),
]
FACTORS = [
    Column("type", "totp (an authenticator app), webauthn (a passkey) or recovery_codes."),
    Column("name", "What it is called.", "data", str),
    Column("created_at", "When you set it up."),
    Column("last_used_at", "When you last used it."),
]
