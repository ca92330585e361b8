"""How many rows of a table statements read, as PostgreSQL itself counts them in a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model

COUNTED = """
SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
FROM pg_stat_xact_user_tables WHERE relname = %s
"""


@contextmanager
def rows_read(model: type[Model]) -> Iterator[list[int]]:
    """Within a test's transaction: the list gets the number of the model's rows that were read.

    The few rows of a test are read by indexes, as PostgreSQL reads many.
    """
    found: list[int] = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    before = _counted(model)
    yield found
    found.append(_counted(model) - before)


def _counted(model: type[Model]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [model._meta.db_table])
        return int(cursor.fetchone()[0])
