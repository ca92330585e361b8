"""Django's DATABASES, from the environment. It is read before Django's settings exist."""

from collections.abc import Mapping
from typing import cast

from django.core.exceptions import ImproperlyConfigured
from environs import Env
from psycopg.conninfo import conninfo_to_dict

from quizsite.database.connection import timed_connection

Settings = dict[str, object]


def databases(env: Env) -> dict[str, Settings]:
    """The database that DATABASE_URL names, and the replica of it that REPLICA_URL names, if any.
    Raises ImproperlyConfigured without the first.
    """
    found = {"default": database_settings(env, database_url(env))}
    if url := env.str("REPLICA_URL", default=""):
        found["replica"] = replica_settings(env, url)
    return found


def database_url(env: Env) -> str:
    """DATABASE_URL. Raises ImproperlyConfigured without it."""
    url: str = env.str("DATABASE_URL", default="")
    if not url:
        raise ImproperlyConfigured(
            "DATABASE_URL is not set: name a PostgreSQL server, or start the site with `make run`."
        )
    return url


def direct_url(env: Env) -> str:
    """The way to the server itself, past a pooler; DATABASE_URL where there is none."""
    return env.str("DATABASE_DIRECT_URL", default="") or database_url(env)


def time_outs(env: Env) -> dict[str, int]:
    """The server's time-outs in seconds, by PostgreSQL's names; 0: no limit.

    A request must end even when the database hangs, and before the page that waits for it gives
    up. In this order: locks time out, then statements, then the connection, then the page (10 s).
    """
    return {
        "statement_timeout": env.int("DATABASE_STATEMENT_SECONDS", default=8),
        "lock_timeout": 5,
        "idle_in_transaction_session_timeout": 60,
    }


def database_settings(env: Env, url: str) -> Settings:
    """Django's settings of the PostgreSQL database that a libpq URL names.

    Parts of the URL that Django has no setting for go to libpq.
    """
    parts = conninfo_to_dict(url)
    named = {
        "NAME": parts.pop("dbname", "quizsite"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_HEALTH_CHECKS": True,
    }
    server_options = str(parts.pop("options", ""))
    if env.bool("PGBOUNCER", default=False):
        return named | _through_pooler(env, server_options, parts)
    return named | {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": connection_options(env, server_options) | parts,
    }


def replica_settings(env: Env, url: str) -> Settings:
    """A server that is asked only while it answers at once: the primary is there as well."""
    given = database_settings(env, url)
    options = cast(Settings, given["OPTIONS"]) | {"connect_timeout": 2}
    if "pool" in options:
        options["pool"] = cast(Settings, options["pool"]) | {"timeout": 1, "min_size": 0}
    return given | {"OPTIONS": options, "TEST": {"MIRROR": "default"}}


def connection_options(env: Env, server_options: str) -> Settings:
    """The time-outs of a connection, and the pool. server_options: those that the URL names."""
    ours = " ".join(f"-c {name}={seconds}s" for name, seconds in time_outs(env).items())
    return {
        **_PATIENCE,
        "options": f"{ours} {server_options}".strip(),  # the later of two values counts
        "pool": {
            "connection_class": timed_connection(_answer_timeout(env)),
            # The pool tries to reconnect at ever longer intervals. After this many seconds it
            # leaves that to the next request, so that a long outage has no long aftermath.
            "reconnect_timeout": 2,
            "min_size": env.int("DATABASE_POOL_MIN", default=1),
            "max_size": env.int("DATABASE_POOL_MAX", default=16),
            "timeout": 5,
        },
    }


def _through_pooler(env: Env, server_options: str, parts: Mapping[str, object]) -> Settings:
    """A pooler gives out a server's connection for one transaction. It takes no options for it, so
    that the time-outs are those of the role (`manage.py set_time_outs`). A thread keeps its
    connection to the pooler, which is cheap.
    """
    if server_options:
        raise ImproperlyConfigured(
            "With PGBOUNCER=1 DATABASE_URL can have no options: set them for the role, "
            "with ALTER ROLE … SET."
        )
    kind = timed_connection(_answer_timeout(env))
    return {
        "ENGINE": "quizsite.database.pooler",
        "OPTIONS": {**_PATIENCE, "connection_class": kind, **parts},
        "CONN_MAX_AGE": None,
    }


_PATIENCE: Settings = {"connect_timeout": 5, "tcp_user_timeout": 10_000}


def _answer_timeout(env: Env) -> int | None:
    """Seconds until a connection gives up: a little after the server has; None: no limit."""
    longest = time_outs(env)["statement_timeout"]
    return longest + 1 if longest else None
