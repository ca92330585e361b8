"""Restoring a backup into an empty database: all of it, or nothing."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOBase
from pathlib import Path

import psycopg
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from quizsite.backups import BackupError, partial_file, programs
from quizsite.backups.archive import Archive, Migrations
from quizsite.backups.progress import Progress
from quizsite.backups.server import Connection, Server
from quizsite.local import versions

OURS = """
    SELECT nspname, relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
"""
OPTIONS = (
    *("--single-transaction", "--exit-on-error", "--verbose", "--no-password"),
    # What belongs to the old server, not to the site.
    *("--no-owner", "--no-privileges", "--no-comments", "--no-tablespaces"),
    *("--no-publications", "--no-subscriptions", "--no-security-labels"),
)


@dataclass(frozen=True)
class Restored:
    """What was restored. missing: how many migrations of this release it did not have yet."""

    server: Server
    missing: int


def restore(
    server: Server, file: Path, database: str, out: TextIOBase, *, checksum: bool = True
) -> Restored:
    """Restore the file. database: another one of the same server, made if need be; "": none.

    checksum: refuse a file without one. Without it, damage to the schema may not be noticed.

    Raises BackupError, and then the database is as it was.
    """
    archive = _readable(file, out, checksum)
    missing = _missing_migrations(archive.migrations(), file)
    with _emptied_or_made(server, database, archive) as (target, connection):
        pg_restore = _program(archive, connection)
        out.write(f"Restoring {file} into the database {target.database} ...\n")
        progress = Progress(out, len(archive.tables))
        command = [str(pg_restore), *OPTIONS, f"--dbname={target.shown}", str(file)]
        try:
            programs.run(command, target.environment, progress.table)
        except BackupError as error:
            raise BackupError(f"Nothing was restored: {error}") from None
        finally:
            progress.end()
        connection.execute("ANALYZE")  # until then, queries would be planned without statistics
    return Restored(target, missing)


def _readable(file: Path, out: TextIOBase, needs_checksum: bool) -> Archive:
    """The file's archive, after a look at all of it."""
    if not file.is_file():
        raise BackupError(f"{file} is not there. Name a file that `make backup` wrote.")
    out.write(f"Checking {file} ...\n")
    checksum = partial_file.checksum_of(file)
    if checksum.exists():
        if checksum.read_text(errors="replace").split()[:1] != [partial_file.sha256(file)]:
            raise BackupError(f"{file} is damaged: {checksum.name} is another's. Take another.")
    elif needs_checksum:
        raise BackupError(
            f"{checksum} is not there, so damage may go unnoticed. Put it beside the file, or"
            " restore with --without-checksum (make restore ARGS=--without-checksum)."
        )
    archive = Archive(file)
    rows = archive.rows()
    out.write(f"  {len(rows)} tables, {sum(rows.values())} rows\n")
    return archive


def _missing_migrations(applied: Migrations, file: Path) -> int:
    """How many migrations of this release the backup lacks. Refuses one of a newer release."""
    if not applied:
        raise BackupError(f"{file} is no backup of this site: it has no migrations.")
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = set(loader.disk_migrations)
    replaced = {
        name for migration in loader.disk_migrations.values() for name in migration.replaces
    }
    newer = sorted(applied - known - replaced)
    if newer:
        raise BackupError(
            f"{file} is of a newer release of the site: {'.'.join(newer[0])} is unknown here."
            " Restore it with that release."
        )
    return len(known - applied)


@contextlib.contextmanager
def _emptied_or_made(
    server: Server, database: str, archive: Archive
) -> Iterator[tuple[Server, Connection]]:
    """The database to restore into. One that was made for it goes again if that fails."""
    target = server.other(database) if database else server
    is_new = bool(database) and _make(server, database)
    try:
        with target.connect() as connection:
            _refuse_tables(connection, target, archive)
            yield target, connection
    except BaseException:
        if is_new:
            with server.connect() as connection:
                connection.execute(
                    sql.SQL("DROP DATABASE {} (FORCE)").format(sql.Identifier(database))
                )
        raise


def _make(server: Server, database: str) -> bool:
    """Make the database unless it exists. Returns whether it was made."""
    make = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
    with server.connect() as connection:
        try:
            connection.execute(make.format(sql.Identifier(database)))
        except psycopg.errors.DuplicateDatabase:
            return False
        except psycopg.Error as error:
            raise BackupError(f"{database} could not be made: {str(error).strip()}") from None
    return True


def _refuse_tables(connection: Connection, target: Server, archive: Archive) -> None:
    there = set(connection.execute(OURS).fetchall()) & archive.tables
    if there:
        raise BackupError(
            f"The database {target.database} is not empty: it has {len(there)} tables of this site,"
            " and they are not overwritten. Name another one of the server (DATABASE=name), or with"
            " the embedded server another folder (DATA_DIR=folder)."
        )
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise BackupError(f"The database {target.database} is in {encoding}. Make one in UTF8.")


def _program(archive: Archive, connection: Connection) -> Path:
    """The pg_restore that can read the file and that the server understands."""
    server = connection.info.server_version // 10_000
    if archive.dumped_from > server:
        raise BackupError(
            f"The backup is of PostgreSQL {archive.dumped_from}, and this server is {server}."
            " Restore into a server of that version or a newer one."
        )
    program = programs.fitting("pg_restore", max(server, archive.dumped_by))
    if server < 17 <= (versions.major_of(program) or 0):
        raise BackupError(  # it sets transaction_timeout, which older servers do not know
            f"{program} cannot restore into PostgreSQL {server}, and the backup was written by"
            f" pg_dump {archive.dumped_by}. Restore into a server of version 17 or newer."
        )
    return program
