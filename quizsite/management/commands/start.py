"""Bring up the whole site on somebody's own machine, and end all of it together."""

import contextlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from quizsite.local import postgres
from quizsite.local.die_with_parent import follow

HOST = "127.0.0.1"
READY_SECONDS = 60
STOP_SECONDS = 12  # gunicorn gives requests 10
SWEEP = ("manage", "finish_overdue", "--every", "15")


class Command(BaseCommand):
    help = "Migrate, load the questions, make the admin account once, and serve on PORT."
    requires_system_checks = ()  # migrate runs them

    def handle(self, **options):
        signal.signal(signal.SIGINT, _interrupt)  # a shell may have it ignored in the background
        signal.signal(signal.SIGTERM, _interrupt)
        signal.signal(signal.SIGHUP, _interrupt)
        if "MAKELEVEL" in os.environ:
            follow(os.getppid())  # a killed make takes the site along
        with _listening(os.environ.get("PORT") or "8000") as door:
            children = Children()
            try:
                self._prepare()
                children.add_site(door)
                children.add(*SWEEP)
                _wait_until_ready(door, children)
                self._greet(door)
                children.look_after()
            except KeyboardInterrupt:
                self.stdout.write("\nStopping ...")
            finally:
                children.stop()

    def _prepare(self):
        folder = postgres.DATA.parent
        folder.mkdir(exist_ok=True)
        try:
            with postgres.locked(folder / "prepare.lock"):
                call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
                call_command("createcachetable", verbosity=0)
                call_command("seed_questions", stdout=self.stdout)
                self._make_admin()
        except DatabaseError as error:
            reason = str(error).strip().splitlines()[0]
            raise CommandError(f"The database refused: {reason}. Mend DATABASE_URL.") from None
        finally:
            connections.close_all()

    def _make_admin(self):
        users = get_user_model().objects
        if users.filter(is_superuser=True).exists():
            return
        password = secrets.token_urlsafe(12)
        _password_file().unlink(missing_ok=True)
        with open(os.open(_password_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
            f.write(password + "\n")
        users.create_superuser("admin", "admin@localhost.localdomain", password)

    def _greet(self, door):
        address = f"http://{HOST}:{door.getsockname()[1]}/"
        self.stdout.write(f"\n  The site:  {address}\n  Its admin: {address}admin/")
        with contextlib.suppress(OSError):
            password = _password_file().read_text().strip()
            self.stdout.write(
                f"             as admin, password {password}\n"
                f"             (made at the first start, kept in {_password_file()})"
            )
        self.stdout.write("  Ctrl-C stops it.\n\n")
        self.stdout.flush()


class Children:
    """The processes of the site. They end when this one does, however it does."""

    def __init__(self):
        self.running = {}  # their processes, by what each runs
        self.open_files = ()

    def add_site(self, door):
        self.open_files = (door.fileno(),)
        config = ("--config", "python:quizsite.gunicorn_conf", "--access-logfile", "/dev/null")
        os.environ |= {"WEB_CONCURRENCY": "1", "WEB_THREADS": "16"}
        how = ("--log-level", "warning", "--bind", f"fd://{door.fileno()}")
        self.add("gunicorn", *config, *how, "quizsite.wsgi")

    def add(self, *module):
        self.running[module] = subprocess.Popen(
            [sys.executable, "-m", "quizsite.local.die_with_parent", str(os.getpid()), *module],
            cwd=settings.BASE_DIR,
            pass_fds=self.open_files if module[0] == "gunicorn" else (),
            start_new_session=True,  # a Ctrl-C in the terminal reaches only us, and we stop them
        )

    def check(self):
        """Start again what ended, except the site itself: its errors are on the screen."""
        for module, process in list(self.running.items()):
            if process.poll() is not None:
                if module[0] == "gunicorn":
                    raise CommandError("The site ended (see above): mend that and start it again.")
                time.sleep(1)
                self.add(*module)

    def look_after(self):
        embedded = os.environ.get("EMBEDDED_DATABASE") == str(os.getpid())
        while True:
            self.check()
            if embedded and not postgres.is_up():
                with contextlib.suppress(postgres.LocalPostgresError):
                    postgres.ensure_running()
                    sys.stderr.write("The embedded database had ended and was started again.\n")
            time.sleep(1)

    def stop(self):
        for process in self.running.values():
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in self.running.values():
            try:
                process.wait(max(0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _listening(port):
    """A socket on the port, held from the start: two starts at once cannot both have it."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((HOST, int(port)))
        door.listen(128)
    except (ValueError, OverflowError):
        raise CommandError(f"PORT={port} is no port: name a number from 1024 to 65535.") from None
    except OSError as error:
        raise CommandError(
            f"Port {port} cannot be had ({error.strerror}): end what uses it, or name another, "
            f"PORT=8001 make run."
        ) from None
    return door


def _wait_until_ready(door, children):
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        children.check()
        with contextlib.suppress(OSError, http.client.HTTPException):
            link = http.client.HTTPConnection(*door.getsockname(), timeout=2)
            link.request("GET", "/healthz")
            link.getresponse()
            return
    raise CommandError(f"The site did not answer within {READY_SECONDS} seconds.")


def _password_file():
    return postgres.DATA.with_name("admin-password")


def _interrupt(*_):
    raise KeyboardInterrupt
