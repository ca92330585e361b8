"""Processes that use an embedded server, and what a test can ask about the server."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import psycopg

from quizsite.local import cluster, programs
from tests.waiting import wait_until

# A process that asks for a server, prints its URL and waits until its input ends.
CODE = """
import sys
from pathlib import Path
from quizsite.local import postgres, programs
programs.ROOT_PLACE = Path(sys.argv[1])
folders = [Path(word) for word in sys.argv[2:]]
print(postgres.ensure_running(*folders) if folders else postgres.throwaway(), flush=True)
sys.stdin.read()
"""
PROJECT = Path(cluster.__file__).parents[2]
SITE_PACKAGES = Path(sysconfig.get_path("purelib"))


class Users:
    """Starts processes that use a server, and ends them after the test.

    account: Popen's arguments. packages: the folder in which the wheel is found.
    """

    def __init__(
        self,
        python=sys.executable,
        account=None,
        packages=SITE_PACKAGES,
        root_place=programs.ROOT_PLACE,
    ):
        self.python = python
        self.account = account or {}
        self.packages = packages
        self.root_place = str(root_place)
        self.processes = []

    def begin(self, *folder):
        process = subprocess.Popen(
            [self.python, "-c", CODE, self.root_place, *map(str, folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"PYTHONPATH": f"{self.packages}{os.pathsep}{PROJECT}"},
            **self.account,
        )
        self.processes.append(process)
        return process

    def url(self, *folder):
        """The URL that a new user of the folder gets."""
        return self.begin(*folder).stdout.readline().strip()

    def end(self):
        for process in self.processes:
            process.kill()
            process.communicate()
        self.processes.clear()


def postmaster(data):
    return cluster.Cluster(Path(data), None).postmaster()


def stops(data):
    """Whether the server of the folder is soon gone."""
    return wait_until(lambda: postmaster(data) is None, 15)


def write_note(url, text):
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (text text)")
        connection.execute("INSERT INTO note VALUES (%s)", [text])


def notes(url):
    with psycopg.connect(url) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM note ORDER BY text")]
