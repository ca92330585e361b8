"""Databases to back up and restore, on the tests' server, and what is in them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from quizsite.backups import programs

ROOT = Path(__file__).resolve().parents[3]
SERVER = os.environ["DATABASE_URL"]
PASSWORD = conninfo_to_dict(SERVER).get("password") or "open sesame"


def url_of(name):
    return make_conninfo(SERVER, dbname=name, password=PASSWORD)


def connect(name):
    return psycopg.connect(url_of(name), autocommit=True)


def make(name, template="template0"):
    drop(name)
    with psycopg.connect(SERVER, autocommit=True) as link:
        query = "CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'"
        link.execute(sql.SQL(query).format(sql.Identifier(name), sql.Identifier(template)))
    return name


def drop(name):
    with psycopg.connect(SERVER, autocommit=True) as link:
        link.execute(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(name)))


def exists(name):
    with psycopg.connect(SERVER) as link:
        found = link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def manage(name, *arguments, **options):
    """Run a command of the site on a database. Returns the finished process."""
    return run(name, "manage.py", *arguments, **options)


def run(name, *arguments, **options):
    return subprocess.run(**_python(name, arguments), capture_output=True, text=True, **options)


def begin(name, *arguments):
    """Begin a command of the site."""
    started = _python(name, ("manage.py", *arguments))
    return subprocess.Popen(**started, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def _python(name, arguments):
    environment = {"DATABASE_URL": url_of(name), "DEBUG": "1", "PYTHONWARNINGS": "ignore"}
    environment["DJANGO_SETTINGS_MODULE"] = "quizsite.settings"
    return {
        "args": [sys.executable, *map(str, arguments)],
        "env": os.environ | environment,
        "cwd": ROOT,
    }


def tables(name):
    with connect(name) as link:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        return [table for (table,) in link.execute(query)]


def rows(name):
    """Every row of every table, as text, by table."""
    with connect(name) as link:
        query = sql.SQL("SELECT t::text FROM {} t ORDER BY 1")
        return {
            table: [row for (row,) in link.execute(query.format(sql.Identifier(table)))]
            for table in tables(name)
        }


def sequences(name):
    with connect(name) as link:
        query = "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"
        return link.execute(query).fetchall()


def schema(name):
    """The schema as pg_dump writes it: columns, defaults, indexes, constraints, triggers.

    PostgreSQL writes a condition with other brackets and casts each time it is restored; they are
    left out.
    """
    with connect(name) as link:
        pg_dump = programs.fitting("pg_dump", link.info.server_version // 10_000)
    command = [pg_dump, "--schema-only", "--no-owner", f"--dbname={url_of(name)}"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    text = re.sub(r"^\\(un)?restrict .*$", "", text, flags=re.MULTILINE)
    return re.sub(r"::(text|smallint|integer|character varying)(\[\])?|[()]", "", text)
