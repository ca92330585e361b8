"""Writing a backup: one file, of one moment, read again before it gets its name."""

import shutil
from io import TextIOBase
from pathlib import Path

from psycopg import sql

from quizsite.backups import BackupError, partial_file, programs
from quizsite.backups.archive import Archive
from quizsite.backups.progress import Progress
from quizsite.backups.server import Connection, Server

SMALLEST_PART = 4  # texts take a quarter of their size at the least, as measured on example data

TABLES = """
    SELECT nspname, relname, pg_table_size(c.oid) FROM pg_class c
    JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema')
      AND nspname NOT LIKE 'pg\\_toast%' AND nspname NOT LIKE 'pg\\_temp%'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY nspname, relname
"""


def write(server: Server, file: Path, out: TextIOBase) -> None:
    """Back the database up to the file while the site runs. Raises BackupError.

    What the file holds is the database at one moment. Its rows are counted in the file and in the
    database at that moment; the file gets its name only if the two agree.
    """
    partial_file.refuse_overwriting(file)
    with server.connect() as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        tables = _tables(connection)
        pg_dump = programs.fitting("pg_dump", connection.info.server_version // 10_000)
        _refuse_without_room(file.parent, sum(tables.values()))
        with partial_file.written_to(file) as partial:
            _dump(pg_dump, server, connection, partial, Progress(out, len(tables)))
            out.write("  reading it again ...\n")
            rows = _check(Archive(partial), connection, list(tables))
    size = file.stat().st_size / 1_000_000
    out.write(f"{file}\n  {size:.1f} MB, {len(tables)} tables, {rows} rows, as in the database\n")


def _tables(connection: Connection) -> dict[tuple[str, str], int]:
    """Schema and name of each table, with its bytes without indexes."""
    rows = connection.execute(TABLES).fetchall()
    tables = {(str(schema), str(name)): int(str(size)) for schema, name, size in rows}
    if not any(name == "django_migrations" for _, name in tables):
        raise BackupError("The database has no tables of this site: there is nothing to back up.")
    return tables


def _refuse_without_room(folder: Path, size: int) -> None:
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    if free < size // SMALLEST_PART:
        raise BackupError(
            f"{folder} has {free / 1e6:.0f} MB left, and the tables take {size / 1e6:.0f} MB."
            " Make room, or name a file on another disk."
        )


def _dump(
    pg_dump: Path, server: Server, connection: Connection, partial: Path, progress: Progress
) -> None:
    ((snapshot,),) = connection.execute("SELECT pg_export_snapshot()").fetchall()
    options = ("--format=custom", "--no-password", "--verbose", f"--snapshot={snapshot}")
    where = (f"--file={partial}", f"--dbname={server.shown}")
    try:
        programs.run([str(pg_dump), *options, *where], server.environment, progress.table)
    except BackupError as error:
        raise BackupError(f"Nothing was written: {error}.") from None
    finally:
        progress.end()


def _check(archive: Archive, connection: Connection, tables: list[tuple[str, str]]) -> int:
    """Compare the rows of the file with those of the snapshot. Returns how many there are."""
    written = archive.rows()
    for schema, name in tables:
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, name))
        ((there,),) = connection.execute(query).fetchall()
        if written.get(f"{schema}.{name}") != there:
            raise BackupError(
                f"Nothing was written: the file held {written.get(f'{schema}.{name}', 'no')} rows"
                f" of {name}, and the database has {there}. Check the disk."
            )
    return sum(written.values())
