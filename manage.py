#!/usr/bin/env python
"""Django's commands; those that need a database get the embedded one where none is named.

DATABASE_URL is filled in here, before settings are read, and inherited by every process that a
command starts. The site behind wsgi never comes this way, so it cannot start a server.
"""

import os
import sys

# These connect to nothing.
WITHOUT_DATABASE = {
    *("-h", "--help", "help", "--version", "version"),
    *("check", "collectstatic", "diffsettings", "findstatic", "compilemessages", "makemessages"),
}
NOWHERE = "postgresql://nobody@127.0.0.1:9/none"


def name_database(command: str) -> None:
    """Fill in DATABASE_URL, and DEBUG where it is plain that this is somebody's own machine."""
    own_machine = command == "start"
    if not os.environ.get("DATABASE_URL"):
        own_machine = True
        if command in WITHOUT_DATABASE:
            os.environ["DATABASE_URL"] = NOWHERE
        else:
            from quizsite.local import LocalPostgresError, postgres

            try:
                os.environ["DATABASE_URL"] = postgres.ensure_running()
            except LocalPostgresError as error:
                sys.exit(str(error))
            os.environ["EMBEDDED_DATABASE"] = str(os.getpid())
    if own_machine:
        os.environ.setdefault("DEBUG", "1")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quizsite.settings")
    try:
        name_database(sys.argv[1] if len(sys.argv) > 1 else "help")
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError as error:
        sys.exit(f"{error}: run this with .venv/bin/python, which `make test` and `make run` make.")
    except KeyboardInterrupt:
        sys.exit(130)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
