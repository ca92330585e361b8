"""Reads and writes the row of an answer for an autosave, the commonest request of all.

Written out in SQL, for the ORM took more of the server's time to make these two statements anew
for each save than all the rest of the save takes. What differs are parameters.
"""

from collections.abc import Sequence
from functools import cache

from django.db import connection

from attempts.models import Answer, Attempt
from attempts.owners import Owner
from quizsite.clock import ARRIVAL


def _plain_fields(model) -> list:
    """What is taken as Postgres gives it; the others (JSON) are fetched should anybody ask."""
    return [f for f in model._meta.concrete_fields if not hasattr(f, "from_db_value")]


@cache
def _statement() -> str:
    columns = ", ".join(
        f'{model._meta.db_table}."{field.column}"'
        for model in (Answer, Attempt)
        for field in _plain_fields(model)
    )
    # The attempt first, as everywhere. Both, for after a wait Postgres reads anew only what it
    # locks: an answer that was merely joined would be the one from before the wait.
    return f"""
        SELECT {ARRIVAL}, {columns}
        FROM attempts_answer JOIN attempts_attempt ON attempts_attempt.id = attempt_id
        WHERE attempt_id = %(attempt)s AND position = %(position)s
            AND guest_key = %(guest_key)s AND user_id IS NOT DISTINCT FROM %(user_id)s
        FOR UPDATE OF attempts_attempt, attempts_answer
    """  # noqa: S608 - made of the models' own names


def lock_answer(owner: Owner | None, attempt_id, position: int) -> Answer:
    """The owner's answer with its attempt, both locked until the transaction ends.

    Its `arrived_at` is the instant at which the statement reached Postgres, even if it then
    waited for the lock. Raises Attempt.DoesNotExist for what is not theirs.
    """
    if owner is None:
        raise Attempt.DoesNotExist("nobody has no attempts")
    with connection.cursor() as cursor:
        wanted = {"attempt": attempt_id, "position": position, **owner.fields()}
        cursor.execute(_statement(), wanted)
        row = cursor.fetchone()
    if row is None:
        raise Attempt.DoesNotExist(f"no question {position} of theirs")
    values = iter(row)
    arrived_at = next(values)
    answer, answer.attempt = (_instance(model, values) for model in (Answer, Attempt))
    answer.arrived_at = arrived_at
    return answer


def _instance(model, values):
    names = [field.attname for field in _plain_fields(model)]
    return model.from_db(connection.alias, names, [next(values) for _ in names])


def write_answer(answer: Answer, fields: Sequence[str]) -> None:
    """Store these fields of a locked answer as they stand on it; none of them is JSON."""
    columns = ", ".join(f'"{name}" = %s' for name in fields)
    values = [getattr(answer, name) for name in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE attempts_answer SET {columns} WHERE id = %s",  # noqa: S608 - names of ours
            [*values, answer.pk],
        )
