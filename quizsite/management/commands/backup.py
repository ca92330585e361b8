"""Back the database up to a file."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from quizsite.backups import BackupError, stopping, writing
from quizsite.backups.server import named_by_environment
from quizsite.clock import database_now
from quizsite.local import postgres


class Command(BaseCommand):
    help = "Write a backup of the whole database while the site runs. Overwrites nothing."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", default="", help="a file, or a folder; backups/ of DATA_DIR if none"
        )

    def handle(self, *, file: str, **options: object) -> None:
        self.stdout.ending = ""  # lines of progress are written over
        with stopping.by_signals():
            try:
                writing.write(named_by_environment(), _path(file), self.stdout)
            except (BackupError, DatabaseError) as error:
                raise CommandError(str(error).strip()) from None


def _path(named: str) -> Path:
    """The file that is meant: in a folder, it is named by the database's clock."""
    path = Path(named) if named else postgres.FOLDER / "backups"
    if not named or path.is_dir():
        path /= f"quizsite-{database_now():%Y-%m-%d-%H%M%S}.dump"
    return path.absolute()
