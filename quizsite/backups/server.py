"""The database that is backed up or restored, as PostgreSQL's programs and psycopg are told it."""

import os
from dataclasses import dataclass, replace

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from quizsite.backups import BackupError

# What libpq also takes from a variable. Everybody on the machine can read a command line.
SECRETS = {"password": "PGPASSWORD", "oauth_client_secret": "PGOAUTHCLIENTSECRET"}
NOT_SHOWN = ("sslpassword", "scram_client_key", "scram_server_key")  # and these have no variable
Connection = psycopg.Connection[tuple[object, ...]]
PATIENT = """
    SELECT set_config(name, '0', false) FROM pg_settings
    WHERE name IN ('statement_timeout', 'lock_timeout', 'transaction_timeout',
                   'idle_in_transaction_session_timeout', 'idle_session_timeout')
"""


@dataclass(frozen=True)
class Server:
    """One database of a PostgreSQL server. parts: libpq's parameters."""

    parts: dict[str, str]

    @property
    def database(self) -> str:
        return self.parts["dbname"]

    @property
    def url(self) -> str:
        """For the environment of a process of ours, never for its command line."""
        return make_conninfo("", **self.parts)

    @property
    def shown(self) -> str:
        """For the command line of a program: all but the secrets."""
        hidden = [name for name in NOT_SHOWN if name in self.parts]
        if hidden:
            raise BackupError(
                f"{hidden[0]} cannot be given to pg_dump without showing it to everybody on this"
                " machine. Use a URL without it, such as one with a password."
            )
        return make_conninfo("", **{k: v for k, v in self.parts.items() if k not in SECRETS})

    @property
    def environment(self) -> dict[str, str]:
        secrets = {SECRETS[name]: v for name, v in self.parts.items() if name in SECRETS}
        return dict(os.environ) | secrets | {"LC_ALL": "C"}

    def other(self, database: str) -> "Server":
        """Another database of the same server."""
        return replace(self, parts=self.parts | {"dbname": database})

    def connect(self) -> Connection:
        """A connection of our own, in autocommit, that waits as long as it takes."""
        try:
            connection = psycopg.connect(self.url, autocommit=True, connect_timeout=10)
            connection.execute(PATIENT)
        except psycopg.Error as error:
            reason = str(error).strip().splitlines()[-1].strip()
            raise BackupError(f"The database cannot be reached: {reason}") from None
        return connection


def named_by_environment() -> Server:
    """The database of DATABASE_DIRECT_URL, a way past a pooler, or else of DATABASE_URL.

    Raises BackupError where only the pooler's address is known.
    """
    url = os.environ.get("DATABASE_DIRECT_URL")
    if not url and os.environ.get("PGBOUNCER", "0") not in ("", "0"):
        raise BackupError(
            "A pooler cannot be backed up through: name the server itself in DATABASE_DIRECT_URL."
        )
    url = url or os.environ.get("DATABASE_URL", "")
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    return Server({"dbname": "quizsite"} | parts)
