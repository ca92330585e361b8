"""Waiting for others who write rows of the same owner."""

from django.db import connection

from attempts.owners import Owner


def take_turns(owner: Owner, what: str) -> None:
    """Until the transaction ends, nobody else does this for the owner. what: such as "schedule".

    For what locking rows cannot keep apart: counting them before one is added, say.
    """
    with connection.cursor() as cursor:
        key = f"{what} for {{}}={{}}".format(*owner.column)
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
