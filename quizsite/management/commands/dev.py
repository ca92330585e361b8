"""The site for somebody who works on it: with example data, and reloaded after each change.

Django's own server does the reloading: it starts again after a change of Python, and reads
templates and static files as they are. It runs this command once more in a process of its own.
"""

import os
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from quizsite.local import port

BESIDE = (("finish_overdue", "--every", "15"), ("make_suggestions",))
"""Commands that run in processes of their own."""


class Command(BaseCommand):
    help = "Serve the site with example data on PORT, and reload it after each change."

    def handle(self, **options: object) -> None:
        if os.environ.get("RUN_MAIN") != "true":  # set by Django in the process that it restarts
            self._prepare()
            _start_processes()
        call_command("runserver", f"{port.HOST}:{port.number(os.environ.get('PORT', ''))}")

    def _prepare(self) -> None:
        self._say("Bringing the tables up to date ...")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        # First, because on an empty database it dates the bank back to before its attempts.
        self._say("Looking for the example data (made once, in about half a minute) ...")
        call_command("example_data", stdout=self.stdout)
        self._say("Loading the questions ...")
        call_command("seed_questions", stdout=self.stdout)

    def _say(self, what: str) -> None:
        """What begins now, at once, so that nobody looks at one line for long."""
        self.stdout.write(what)
        self.stdout.flush()


def _start_processes() -> None:
    """Start what runs beside the server, in processes that end when this one does."""
    ends_with_us = ("-m", "quizsite.local.die_with_parent", str(os.getpid()), "manage")
    for command in BESIDE:
        process = [sys.executable, *ends_with_us, *command]
        subprocess.Popen(process, cwd=settings.BASE_DIR, start_new_session=True)
