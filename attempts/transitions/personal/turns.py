"""Waiting for others who write rows of the same owner."""

from collections.abc import Iterable

from django.db import connection

from attempts.owners import Owner


def starts_alone(owner: Owner) -> None:
    """Until the transaction ends, nobody else starts an attempt of the owner's, or deletes, moves
    or tidies up what one can start from: own interviews and practices.

    Called before any row is locked, because a start locks attempts first and what it starts from
    after them, or the other way round.
    """
    take_turns(owner, "start")


def take_turns(owner: Owner, what: str) -> None:
    """Until the transaction ends, nobody else does this for the owner. what: such as "schedule".

    For what locking rows cannot keep apart: counting them before one is added, say.
    """
    with connection.cursor() as cursor:
        key = [_key(owner, what)]
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", key)


def take_turns_of(owners: Iterable[Owner], what: str) -> None:
    """take_turns for each of these owners, always in the same order, in one statement."""
    keys = sorted(_key(owner, what) for owner in owners)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0))"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS keys (key, place)",
            [keys],
        )


def has_turn(owner: Owner, what: str) -> bool:
    """Like take_turns, but False at once if somebody else does it for the owner now."""
    with connection.cursor() as cursor:
        key = [_key(owner, what)]
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", key)
        return bool(cursor.fetchone()[0])


def _key(owner: Owner, what: str) -> str:
    return f"{what} for {{}}={{}}".format(*owner.column)
