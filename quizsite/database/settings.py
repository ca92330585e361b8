"""Django's DATABASES, from the environment. It is read before Django's settings exist."""

from django.core.exceptions import ImproperlyConfigured
from environs import Env
from psycopg.conninfo import conninfo_to_dict

from quizsite.database.connection import timed_connection

Settings = dict[str, object]


def databases(env: Env) -> dict[str, Settings]:
    """The database that DATABASE_URL names. Raises ImproperlyConfigured without it."""
    url = env.str("DATABASE_URL", default="")
    if not url:
        raise ImproperlyConfigured(
            "DATABASE_URL is not set: name a PostgreSQL server, or start the site with `make run`."
        )
    return {"default": database_settings(env, url)}


def database_settings(env: Env, url: str) -> Settings:
    """Django's settings of the PostgreSQL database that a libpq URL names.

    Parts of the URL that Django has no setting for go to libpq.
    """
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "quizsite"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": connection_options(env, str(parts.pop("options", ""))) | parts,
        "CONN_HEALTH_CHECKS": True,
    }


def connection_options(env: Env, server_options: str) -> Settings:
    """The time-outs of a connection, and the pool. server_options: those that the URL names.

    A request must end even when the database hangs, and before the page that waits for it gives
    up. In this order: locks time out, then statements, then the connection, then the page (10 s).
    """
    longest = env.int("DATABASE_STATEMENT_SECONDS", default=8)  # 0: no limit
    time_outs = f"-c statement_timeout={longest}s -c lock_timeout=5s"
    time_outs += " -c idle_in_transaction_session_timeout=60s"
    return {
        "connect_timeout": 5,
        "tcp_user_timeout": 10_000,
        "options": f"{time_outs} {server_options}".strip(),  # the later of two values counts
        "pool": {
            "connection_class": timed_connection(longest + 1 if longest else None),
            # The pool tries to reconnect at ever longer intervals. After this many seconds it
            # leaves that to the next request, so that a long outage has no long aftermath.
            "reconnect_timeout": 2,
            "min_size": env.int("DATABASE_POOL_MIN", default=1),
            "max_size": env.int("DATABASE_POOL_MAX", default=16),
            "timeout": 5,
        },
    }
