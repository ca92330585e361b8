"""python -m tests.faults.prepare [tables] [files]: what a release does before it serves."""

import sys
from pathlib import Path

import django
from django.core.management import call_command

# No candidate's page needs these files, and compressing them takes time.
UNUSED = ["admin", "account", "mfa", "hx-*"]


def tables() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("seed_questions")
    call_command("seed_questions", Path(__file__).with_name("interviews.yaml"))


def files() -> None:
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=UNUSED)


if __name__ == "__main__":
    django.setup()
    for part in sys.argv[1:]:
        {"tables": tables, "files": files}[part]()
