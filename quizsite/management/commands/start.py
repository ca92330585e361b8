"""Start the whole site on somebody's own machine, and stop all of it together."""

import contextlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from quizsite.local import LocalPostgresError, port, postgres, users
from quizsite.local.die_with_parent import end_with_parent

READY_SECONDS = 60
STOP_SECONDS = 12  # gunicorn gives requests 10
PASSWORD_FILE = postgres.FOLDER / "admin-password"


class Command(BaseCommand):
    help = "Migrate, load the questions, make the admin account once, and serve on PORT."
    requires_system_checks = ()  # migrate runs them

    def handle(self, **options: object) -> None:
        for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # a shell may ignore SIGINT
            signal.signal(stop, _interrupt)
        if "MAKELEVEL" in os.environ:
            end_with_parent(os.getppid())  # so that the site does not outlive a killed make
        with _listener() as listener:
            processes = SiteProcesses(listener)
            try:
                self._prepare()
                self._say("Starting the site ...")
                processes.start()
                _wait_until_ready(listener, processes)
                self._print_addresses(listener)
                processes.supervise()
            except KeyboardInterrupt:
                self.stdout.write("\nStopping ...")
            finally:
                processes.stop()

    def _prepare(self) -> None:
        postgres.FOLDER.mkdir(exist_ok=True)
        try:
            with users.locked(postgres.FOLDER / "prepare.lock"):
                self._say("Bringing the tables up to date ...")
                call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
                call_command("createcachetable", verbosity=0)
                self._say("Loading the questions ...")
                call_command("seed_questions", stdout=self.stdout)
                _make_admin()
        except DatabaseError as error:
            reason = str(error).strip().splitlines()[0]
            raise CommandError(f"The database refused: {reason}. Check DATABASE_URL.") from None
        finally:
            connections.close_all()

    def _say(self, what: str) -> None:
        """What begins now, at once, so that nobody looks at one line for long."""
        self.stdout.write(what)
        self.stdout.flush()

    def _print_addresses(self, listener: socket.socket) -> None:
        address = f"http://{port.HOST}:{listener.getsockname()[1]}/"
        self.stdout.write(f"\n  Site:   {address}\n  Admin:  {address}admin/")
        with contextlib.suppress(OSError):
            self.stdout.write(
                f"          user admin, password {PASSWORD_FILE.read_text().strip()}\n"
                f"          (made at the first start, kept in {PASSWORD_FILE})"
            )
        self.stdout.write(
            "  Only this computer reaches it. It is no server for the open network: slow clients\n"
            "  would block it. For that see “In production” in README.md.\n"
            "  Press Ctrl-C to stop.\n\n"
        )
        self.stdout.flush()


class SiteProcesses:
    """gunicorn and what runs beside it. They end when this process does, however it ends."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener.fileno()
        self.running: dict[tuple[str, ...], subprocess.Popen[bytes]] = {}  # by what each runs

    def start(self) -> None:
        os.environ |= {"WEB_CONCURRENCY": "1", "WEB_THREADS": "16"}
        config = ("--config", "python:quizsite.gunicorn_conf", "--access-logfile", "/dev/null")
        patience = ("--graceful-timeout", "10")  # of who pressed Ctrl-C
        bind = ("--log-level", "warning", "--bind", f"fd://{self.listener}")
        self._run("gunicorn", *config, *patience, *bind, "quizsite.wsgi")
        self._run("manage", "finish_overdue", "--every", "15")
        self._run("manage", "make_suggestions")

    def _run(self, *module: str) -> None:
        self.running[module] = subprocess.Popen(
            [sys.executable, "-m", "quizsite.local.die_with_parent", str(os.getpid()), *module],
            cwd=settings.BASE_DIR,
            pass_fds=(self.listener,) if module[0] == "gunicorn" else (),
            start_new_session=True,  # a Ctrl-C in the terminal reaches only us, and we stop them
        )

    def restart_what_ended(self) -> None:
        """Except gunicorn, which has printed why it ended."""
        for module, process in list(self.running.items()):
            if process.poll() is not None:
                if module[0] == "gunicorn":
                    raise CommandError("The site stopped; see above why. Fix that and start again.")
                time.sleep(1)
                self._run(*module)

    def supervise(self) -> None:
        """Keep the processes and the embedded database running until an interrupt."""
        is_embedded = os.environ.get("EMBEDDED_DATABASE") == str(os.getpid())
        while True:
            self.restart_what_ended()
            if is_embedded and not postgres.is_up():
                with contextlib.suppress(LocalPostgresError):
                    postgres.ensure_running()
                    sys.stderr.write("The embedded database stopped and was started again.\n")
            time.sleep(1)

    def stop(self) -> None:
        for process in self.running.values():
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in self.running.values():
            try:
                process.wait(max(0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _listener() -> socket.socket:
    """A socket on the port. It is taken first, so that of two starts at once only one gets it."""
    try:
        return port.listen(port.number(os.environ.get("PORT", "")), "make run")
    except port.PortError as refused:
        raise CommandError(str(refused)) from None


def _make_admin() -> None:
    """Make the account once. Its password goes to a file that only its owner may read."""
    accounts = get_user_model().objects
    if accounts.filter(is_superuser=True).exists():
        return
    password = secrets.token_urlsafe(12)
    PASSWORD_FILE.unlink(missing_ok=True)
    with open(os.open(PASSWORD_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(password + "\n")
    accounts.create_superuser("admin", "admin@localhost.localdomain", password)


def _wait_until_ready(listener: socket.socket, processes: SiteProcesses) -> None:
    until = time.monotonic() + READY_SECONDS
    lacks = "It did not answer."
    host, number = listener.getsockname()
    while time.monotonic() < until:
        processes.restart_what_ended()
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(host, number, timeout=2)
            connection.request("GET", "/readyz")
            reply = connection.getresponse()
            lacks = reply.read().decode().strip()
            if reply.status == HTTPStatus.OK:
                return
        time.sleep(0.1)
    raise CommandError(f"The site was not ready within {READY_SECONDS} seconds. {lacks}")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
