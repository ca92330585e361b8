"""The site for somebody who works on it: with example data, and what is changed is reloaded.

Django's own server reloads: after a change of Python it starts anew, and it reads templates and
static files as they are. A mistake in a file is shown, and the server waits for its correction.
"""

import os
import signal

from django.core.management import call_command

from quizsite.local.die_with_parent import follow
from quizsite.management.commands import start


class Command(start.Command):
    help = "Serve the site with example data on PORT, and reload it after every change."

    def handle(self, **options: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, start._interrupt)
        if "MAKELEVEL" in os.environ:
            follow(os.getppid())
        port = os.environ.get("PORT") or "8000"
        children = start.Children()
        try:
            with start._listening(port) as door:  # a port that is taken is told before any work
                self._prepare()
                self._greet(door)
            children.add("manage", "runserver", f"{start.HOST}:{port}")
            children.add(*start.SWEEP)
            children.look_after()
        except KeyboardInterrupt:
            self.stdout.write("\nStopping ...")
        finally:
            children.stop()

    def _prepare(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("example_data", stdout=self.stdout)  # dates an empty bank back, so it is first
        super()._prepare()
