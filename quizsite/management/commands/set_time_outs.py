"""For a database behind a pooler, which passes on no options of a connection."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from psycopg.sql import SQL, Identifier, Literal


class Command(BaseCommand):
    help = (
        "Make the site's time-outs those of its role in its database, for connections opened from "
        "now on. Behind a pooler, run it before the site starts; RECONNECT a pooler that runs."
    )
    requires_system_checks = ()  # one of them is for what this command sets

    def handle(self, **options: object) -> None:
        with connection.cursor() as cursor:
            for name, seconds in settings.DATABASE_TIME_OUTS.items():
                if not seconds:  # asked for one command, such as a long migration
                    self.stdout.write(f"{name} stays as it is")
                    continue
                database = Identifier(str(connection.settings_dict["NAME"]))
                value = Literal(f"{seconds}s")
                change = SQL("ALTER ROLE CURRENT_USER IN DATABASE {} SET {} = {}")
                cursor.execute(change.format(database, Identifier(name), value))
                self.stdout.write(f"{name} = {seconds} s")
