"""Restore a backup into an empty database, and bring it to this release."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from quizsite.backups import BackupError, restoring, stopping
from quizsite.backups.server import Server, named_by_environment


class Command(BaseCommand):
    help = "Restore a backup into an empty database, all or nothing, and migrate it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--database", default="", help="another one of the server")
        parser.add_argument("--without-checksum", action="store_true", help="FILE.sha256 is lost")

    def handle(
        self, *, file: Path, database: str, without_checksum: bool, **options: object
    ) -> None:
        self.stdout.ending = ""  # lines of progress are written over
        with stopping.by_signals():
            try:
                server = named_by_environment()
                restored = restoring.restore(
                    server, file.absolute(), database, self.stdout, checksum=not without_checksum
                )
            except BackupError as error:
                raise CommandError(str(error)) from None
            if restored.missing:
                self.stdout.write(f"It is of an older release: {restored.missing} migrations ...\n")
                _migrate(restored.server)
        self.stdout.write(f"Restored: the database {restored.server.database}.\n")


def _migrate(server: Server) -> None:
    """In a process of its own, since the settings of this one may name another database."""
    environment = {"DATABASE_URL": server.url, "DATABASE_DIRECT_URL": server.url}
    migrate = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "migrate", "--noinput", "-v", "0"],
        env=os.environ | environment | {"DATABASE_STATEMENT_SECONDS": "0"},
    )
    if migrate.returncode:
        raise CommandError("It was restored, but not migrated; see above. Try manage.py migrate.")
