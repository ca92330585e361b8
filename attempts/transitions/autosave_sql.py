"""Reads and writes the rows of an autosave, the commonest request of all, in two statements.

The ORM takes more of the server's time to compile these two statements than all the rest of a
save takes. So each is compiled once, from the models, and executed with the values of each save.
"""

from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q
from django.db.models.expressions import RawSQL
from django.db.models.sql import UpdateQuery

from attempts.models import Answer, Attempt
from attempts.owners import Owner
from attempts.transitions.locked import LockedAnswer
from quizsite.clock import ARRIVAL


def lock_answer(
    owner: Owner | None, attempt_id: UUID, position: int, now: datetime | None = None
) -> LockedAnswer:
    """The owner's answer with its attempt, both locked until the transaction ends.

    Its `now`, unless given, is the instant at which the statement reached PostgreSQL, even if it
    then waited for the lock. Raises Attempt.DoesNotExist if the owner has no such answer.
    """
    if owner is None:
        raise Attempt.DoesNotExist("an anonymous visitor has no attempts")
    column, value = owner.column
    wanted: dict[str, UUID | int | str]
    wanted = {"attempt": attempt_id, "position": position, "owner": value}
    with connection.cursor() as cursor:
        cursor.execute(_lock_statement(column), wanted)
        row = cursor.fetchone()
    if row is None:
        raise Attempt.DoesNotExist(f"the owner has no such question {position}")
    of_attempt, of_answer = _plain_fields(Attempt), _plain_fields(Answer)
    arrived_at, values = row[0], row[1:]
    attempt = Attempt.from_db(connection.alias, of_attempt, values[: len(of_attempt)])
    answer = Answer.from_db(connection.alias, of_answer, values[len(of_attempt) :])
    answer.attempt = attempt
    return LockedAnswer(answer, attempt, now or arrived_at)


@cache
def _plain_fields(model: type[Model]) -> list[str]:
    """The fields that PostgreSQL returns as they are; the others (JSON) are read when needed."""
    fields = model._meta.concrete_fields
    return [field.attname for field in fields if not hasattr(field, "from_db_value")]


@cache
def _lock_statement(owner_column: str) -> str:
    """SQL with the parameters owner, attempt and position; it returns ARRIVAL and both rows.

    PostgreSQL locks in the order of the joined tables: the attempt first, as everywhere. It locks
    both, because after a wait it reads again only what it locks: an answer that was merely joined
    would be the one from before the wait.
    """
    rows = Attempt.objects.filter(
        pk=_parameter("attempt"), answers__position=_parameter("position")
    ).filter(**{owner_column: _parameter("owner")})
    of_answer = (f"answers__{name}" for name in _plain_fields(Answer))
    read = rows.order_by().values_list(
        RawSQL(ARRIVAL, ()),  # noqa: S611 - a constant
        *_plain_fields(Attempt),
        *of_answer,
    )
    sql, _ = read.select_for_update().query.sql_with_params()
    return sql


def write_answer(answer: Answer, fields: tuple[str, ...]) -> None:
    """Store these fields of a locked answer as they are on it."""
    values = {name: getattr(answer, name) for name in fields}
    with connection.cursor() as cursor:
        cursor.execute(_update_statement(fields), {"pk": answer.pk, **values})


@cache
def _update_statement(fields: tuple[str, ...]) -> str:
    """SQL with the parameter pk, and one for each field by its name."""
    update = UpdateQuery(Answer)
    update.add_q(Q(pk=_parameter("pk")))
    update.add_update_values({name: _parameter(name) for name in fields})
    sql, _ = update.sql_with_params()
    return sql


def _parameter(name: str) -> RawSQL:
    """Marks in a compiled statement where a value goes when the statement is executed."""
    return RawSQL(f"%({name})s", ())  # noqa: S611 - a name of ours
