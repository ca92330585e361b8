"""Example data, for `make dev`."""

from typing import Final

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from attempts.example_data import making
from attempts.rules.draw import CannotFill
from quizsite.clock import database_now

LOCAL: Final = ("localhost", "127.0.0.1", "::1")


class Command(BaseCommand):
    help = (
        "Make two candidates and two members of staff with a known password, and attempts, reports"
        " and statistics for every page. Only with DEBUG=1 and a database on this machine. Running"
        " it twice changes nothing."
    )

    def handle(self, **options: object) -> None:
        if not settings.DEBUG or not is_local(_database_host()):
            raise CommandError(
                "The example accounts have a known password. They are made only with DEBUG=1 and"
                " on a database of this machine."
            )
        try:
            made = making.make(now=database_now())
        except (ObjectDoesNotExist, CannotFill) as error:
            raise CommandError(
                f"The example data need the interviews and questions of the core bank: {error}."
            ) from None
        candidates = " and ".join(making.address_of(name) for name in making.CANDIDATES)
        self.stdout.write("Example data made." if made else "The example data were made before.")
        self.stdout.write(
            f"  Candidates: {candidates}\n"
            f"  In the admin: {making.EDITOR}, and {making.SUPERUSER} who may do everything\n"
            f"  The password of all: {making.PASSWORD}"
        )


def _database_host() -> str:
    """Where the connection really leads: a host, or the folder of a socket."""
    connection.ensure_connection()
    return str(connection.connection.info.host)


def is_local(host: str) -> bool:
    """Whether a database host, or a socket's folder, is of this machine."""
    return host.startswith("/") or host in LOCAL
