"""A query that every request asks, whose SQL the ORM makes once in a process.

To turn a queryset into SQL takes the ORM longer than PostgreSQL needs to answer it, and longer
than to make objects of the rows. The values that differ are named by parameter().
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar
from uuid import UUID

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.query import get_related_populators

from quizsite.database.replica.routing import alias_to_read

M = TypeVar("M", bound=Model)
Row = Sequence[object]
Value = int | str | UUID | list[UUID]


class _Name(str):
    """Stands for a value that is not known yet."""


def parameter(name: str) -> RawSQL:
    """Marks in a queryset where a value goes when its statement is executed."""
    return RawSQL("%s", (_Name(name),))


def each_of(name: str) -> RawSQL:
    """For a lookup with __in: marks where a list of ids (UUIDs) goes."""
    return RawSQL("SELECT unnest(%s::uuid[])", (_Name(name),))


class CompiledOnce(Generic[M]):
    """The rows of a queryset, with what it selects of related rows, but nothing prefetched.

    make: returns the queryset, whose values are parameters; it is called at the first use. Like the
    queryset, the statement reads the replica where that is read.
    """

    def __init__(self, make: Callable[[], QuerySet[M]]) -> None:
        self.make = make
        self._statements: dict[str, _Statement[M]] = {}  # by the database that they read

    def rows(self, **values: Value) -> list[M]:
        """What the statement finds now. values: of its parameters, by name."""
        alias = alias_to_read()
        statement = self._statements.get(alias)
        if statement is None:
            statement = self._statements[alias] = _Statement(self.make(), alias)
        with connections[alias].cursor() as cursor:
            cursor.execute(statement.sql, statement.with_values(values))
            return [statement.read(row) for row in statement.converted(cursor.fetchall())]


class _Statement(Generic[M]):
    """SQL, and how its rows become objects: as Django's own ModelIterable does it."""

    def __init__(self, queryset: QuerySet[M], using: str) -> None:
        self.using = using
        self.model = queryset.model
        self.compiler = queryset.query.get_compiler(using)
        self.sql, self.parameters = self.compiler.as_sql()
        columns = [column for column, *_ in self.compiler.select]
        self.converters = self.compiler.get_converters(columns)
        kinds = self.compiler.klass_info
        self.own = slice(kinds["select_fields"][0], kinds["select_fields"][-1] + 1)
        self.names = [column.target.attname for column in columns[self.own]]
        selected: list = [kinds, self.compiler.select, using]  # the stubs are Django 6's
        self.related = get_related_populators(*selected)

    def with_values(self, values: Mapping[str, Value]) -> list[Value]:
        return [values[each] if isinstance(each, _Name) else each for each in self.parameters]

    def converted(self, rows: list[Row]) -> Iterable[Row]:
        """The rows with the values that Python has for them, such as those of JSON."""
        return self.compiler.apply_converters(rows, self.converters) if self.converters else rows

    def read(self, row: Row) -> M:
        found = self.model.from_db(self.using, self.names, row[self.own])
        for populator in self.related:
            populator.populate(row, found)
        for name, column in self.compiler.annotation_col_map.items():
            setattr(found, name, row[column])
        return found
