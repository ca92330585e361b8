"""Stores some fields of several rows, each with values of its own, in one statement.

Django's bulk_update does the same by a CASE for each field with a WHEN for each row. To make that
takes the ORM ten times as long as PostgreSQL takes to execute it, and it waits under locks.
"""

from collections.abc import Sequence
from functools import cache

from django.db import connection
from django.db.models import Field, Model


def update_rows(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Store these fields of the rows, which are of one model and are there.

    names: of fields with one plain value, so no lists and no JSON.
    """
    model = type(rows[0])
    fields = _fields(model, tuple(names))
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows]
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, tuple(names)), values)


def _fields(model: type[Model], names: tuple[str, ...]) -> list[Field]:
    """The key, and the named fields."""
    named = [model._meta.get_field(name) for name in names]
    return [model._meta.pk, *(field for field in named if isinstance(field, Field))]


@cache
def _statement(model: type[Model], names: tuple[str, ...]) -> str:
    """SQL with a list of values for the key, and one for each field."""
    key, *fields = _fields(model, names)
    quoted = connection.ops.quote_name
    table, pk = quoted(model._meta.db_table), quoted(str(key.column))
    columns = [quoted(str(field.column)) for field in fields]
    lists = ", ".join(f"%s::{_type_of(field)}[]" for field in (key, *fields))
    stored = ", ".join(f"{column} = given.{column}" for column in columns)
    return (
        f"UPDATE {table} SET {stored} FROM unnest({lists}) AS given ({pk}, {', '.join(columns)})"  # noqa: S608 - names of the models
        f" WHERE {table}.{pk} = given.{pk}"
    )


def _type_of(field: Field) -> str:
    """Without a length: a longer text is an error where it is stored, and no cast cuts it."""
    return str(field.rel_db_type(connection)).partition("(")[0]
