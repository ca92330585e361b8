"""A data folder of an older PostgreSQL becomes one of the installed version.

The old server runs once more with its own programs. Each of its databases is dumped and restored
into a new folder, the rows are counted on both sides, and the folders change places. The old one
stays, under a dated name. Until then nothing in it changes, so a stop at any point loses nothing.
"""

import contextlib
import shutil
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from quizsite.local import LocalPostgresError, versions
from quizsite.local.cluster import Cluster, last_line

NEEDED = ("postgres", "pg_ctl", "pg_isready", "psql")
DATABASES = "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1"
COUNTS = """
    SELECT string_agg(format('SELECT %L, count(*) FROM %I.%I', tablename, schemaname, tablename),
                      ' UNION ALL ' ORDER BY schemaname, tablename)
    FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
"""


def finish_an_interrupted_one(server: Cluster) -> None:
    """Put the new folder in its place if the old one has left it already."""
    if server.beside(".upgraded").exists() and not server.data.exists():
        server.beside(".upgraded").rename(server.data)


def to_installed_version(server: Cluster) -> None:
    """Upgrade the folder if an older version made it. Raises LocalPostgresError.

    The caller keeps other processes out. A folder of a newer version is refused.
    """
    made_by = int((server.data / "PG_VERSION").read_text().split(".")[0])
    installed = int(must(server, "postgres", "--version").split()[-1].partition(".")[0])
    if made_by == installed:
        return
    _refuse_what_cannot_be_done(server, made_by, installed)
    sys.stderr.write(f"Moving the database from PostgreSQL {made_by} to {installed} ...\n")
    old = replace(server, programs_at=versions.with_programs(*NEEDED)[made_by])
    new = replace(server, data=server.beside(".upgrading"))
    _remove(new)
    try:
        new.initialise()
        with _running(old), _running(new):
            for database in ask(old, "postgres", DATABASES).splitlines():
                _copy(old, new, database)
            day = ask(new, "postgres", "SELECT current_date").strip()
        _exchange(server, new, _free_name(server.beside(f".{made_by}-{day}")))
    finally:
        _remove(new)


def _refuse_what_cannot_be_done(server: Cluster, made_by: int, installed: int) -> None:
    """Raises LocalPostgresError."""
    was = f"{server.data} was made by PostgreSQL {made_by}, and {installed} is installed."
    other = "or name another folder (DATA_DIR=…)"
    if made_by > installed:
        raise LocalPostgresError(was, f"Use the newer release of the site that made it, {other}")
    if made_by not in versions.with_programs(*NEEDED):
        raise LocalPostgresError(
            was,
            f"Install the old programs and start again, and it is moved (Debian: apt install"
            f" postgresql-{made_by}), {other}",
        )
    if server.postmaster() is not None:
        raise LocalPostgresError(was, "It is in use: end the site that uses it")
    size = sum(path.stat().st_size for path in server.data.rglob("*") if path.is_file())
    if shutil.disk_usage(server.data).free < size:
        raise LocalPostgresError(was, f"Make {size / 1e6:.0f} MB of room to move it")


@contextlib.contextmanager
def _running(server: Cluster) -> Iterator[None]:
    server.start({"shared_buffers": "32MB"})
    try:
        yield
    finally:
        server.stop(signal.SIGINT)


def _copy(old: Cluster, new: Cluster, database: str) -> None:
    """Copy one database, and compare the number of rows of each table."""
    dump = new.data / "moving.dump"
    if database != "postgres":
        must(new, "createdb", *new.address, "--template=template0", database)
    whole = ("--format=custom", "--compress=1", f"--file={dump}")
    must(new, "pg_dump", *old.address, "-d", database, *whole)
    at_once = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    must(new, "pg_restore", *new.address, "-d", database, *at_once, dump)
    dump.unlink()
    must(new, "vacuumdb", "--analyze-only", "--quiet", *new.address, "-d", database)
    count = ask(old, database, COUNTS).strip()
    if count and ask(old, database, count) != ask(new, database, count):
        raise LocalPostgresError(
            f"{old.data} could not be moved: {database} has other rows afterwards.",
            "Nothing was changed. Check the disk",
        )


def ask(server: Cluster, database: str, query: str) -> str:
    """What psql prints for a query."""
    return must(
        server, "psql", "-X", "-q", "-A", "-t", *server.address, "-d", database, "-c", query
    )


def must(server: Cluster, program: str, *arguments: object) -> str:
    """Run a program of the server's version, and return what it prints."""
    code, output = server.run(program, *arguments)
    if code:
        raise LocalPostgresError(
            f"{program} failed for {server.data}: {last_line(output)}",
            "Nothing was changed. Try again",
        )
    return output


def _exchange(server: Cluster, new: Cluster, kept: Path) -> None:
    """Three renames. After a stop between them the next start goes on from there."""
    shutil.rmtree(server.beside(".upgraded"), ignore_errors=True)
    new.data.rename(server.beside(".upgraded"))
    server.data.rename(kept)
    server.beside(".upgraded").rename(server.data)
    sys.stderr.write(f"Done. The old data stays in {kept}; remove it when all is well.\n")


def _free_name(path: Path) -> Path:
    """The path, or one with a number where something has that name."""
    names = (path.with_name(f"{path.name}-{number}") for number in range(2, 1000))
    return next(name for name in (path, *names) if not name.exists())


def _remove(cluster: Cluster) -> None:
    """Remove a folder that did not become the database, and what serves it after a kill."""
    if cluster.data.exists():
        cluster.stop(signal.SIGQUIT)
        shutil.rmtree(cluster.data)
    cluster.beside(".log").unlink(missing_ok=True)
