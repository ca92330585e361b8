#!/usr/bin/env python
"""Django's commands. Those that need a database get the embedded one, unless one is named.

DATABASE_URL is filled in here, before the settings are read, and every process that a command
starts inherits it. The site behind WSGI never runs this file, so it cannot start a server.
"""

import os
import sys

# These commands connect to nothing.
WITHOUT_DATABASE = {
    *("-h", "--help", "help", "--version", "version"),
    *("check", "collectstatic", "diffsettings", "findstatic", "compilemessages", "makemessages"),
}
# These listen on PORT, and are started as:
LISTENING = {"start": "make run", "dev": "make dev"}
NOWHERE = "postgresql://nobody@127.0.0.1:9/none"


def fill_in_environment(command: str) -> None:
    """Fill in DATABASE_URL, and DEBUG where this is clearly somebody's own machine.

    Ends the process if the command would listen on a port that cannot be had.
    """
    is_own_machine = command == "start"
    # Not in the process that Django restarts after each change of Python.
    if command in LISTENING and os.environ.get("RUN_MAIN") != "true":
        from quizsite.local import port

        port.check(LISTENING[command])
    if not os.environ.get("DATABASE_URL"):
        is_own_machine = True
        if command in WITHOUT_DATABASE:
            os.environ["DATABASE_URL"] = NOWHERE
        else:
            from quizsite.local import LocalPostgresError, postgres

            if command in LISTENING:
                is_new = not postgres.DATA.exists()
                print("Making the database (once) ..." if is_new else "Starting the database ...")
                sys.stdout.flush()
            try:
                os.environ["DATABASE_URL"] = postgres.ensure_running()
            except LocalPostgresError as error:
                sys.exit(str(error))
            os.environ["EMBEDDED_DATABASE"] = str(os.getpid())
    if is_own_machine:
        os.environ.setdefault("DEBUG", "1")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quizsite.settings")
    try:
        fill_in_environment(sys.argv[1] if len(sys.argv) > 1 else "help")
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError as error:
        sys.exit(f"{error}. Use .venv/bin/python instead; `make run` and `make test` create it.")
    except KeyboardInterrupt:
        sys.exit(130)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
