from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from questions.exchange.apply import Refused, run_import
from questions.exchange.plan import Choices, ImportFile, plan_import
from questions.formats import (
    READERS,
    Choice,
    ExchangeFile,
    FormatError,
    UnclearColumns,
    read_file,
)
from questions.formats.encoding import check_size
from questions.management.accounts import account_named, add_user_argument
from questions.management.plan_text import show_plan
from questions.models import ChangeKind, Topic
from questions.rules.numbers import counted
from quizsite.clock import database_now


class Command(BaseCommand):
    help = (
        "Import topics, questions and interviews from a file: new questions as drafts, changed"
        " texts as new versions."
        f" Its name ends in {', '.join(READERS)}. All or nothing, unless --valid-rows is given."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and write nothing"
        )
        parser.add_argument(
            "--valid-rows", action="store_true", help="leave wrong rows out and import the others"
        )
        parser.add_argument(
            "--topic", metavar="SLUG", help="topic of new questions whose row names none"
        )
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            dest="columns",
            metavar="NAME=FIELD",
            help="what a column of the file holds, as in “Frage=prompt”; the name may be"
            " “column 2”, the field “-” for a column that is not taken. Can be given several times",
        )
        parser.add_argument(
            "--heading-row",
            type=int,
            metavar="NUMBER",
            help="the row that names the columns; 0 if none does",
        )
        parser.add_argument(
            "--add-topics",
            action="store_true",
            help="add the topics that rows name and the bank lacks",
        )
        parser.add_argument(
            "--as-in-file",
            action="store_true",
            help="publish, retire and show as the file says; else new questions are drafts, new"
            " interviews hidden, and known ones stay as they are",
        )
        parser.add_argument(
            "--ids-from",
            default="",
            metavar="SYSTEM",
            help="name of the system whose ids the file has",
        )
        add_user_argument(parser)
        parser.add_argument(
            "--change-kind",
            choices=ChangeKind.values,
            default=ChangeKind.MATERIAL.value,
            help="of texts that change: a typo, or (the default) their meaning",
        )
        parser.add_argument("--change-note", default="", metavar="TEXT", help="why they change")

    def handle(
        self, *, file: Path, dry_run: bool, valid_rows: bool, topic: str | None, **options: Any
    ) -> None:
        author = account_named(options["user"])
        choices = Choices(
            add_all_topics=options["add_topics"],
            as_in_file=options["as_in_file"],
            source=options["ids_from"],
        )
        content = self._read(file, self._choice(options["columns"], options["heading_row"]))
        source = ImportFile(file.name, content, self._topic(topic), choices=choices)
        show_plan(plan_import(source), self.stdout, every_row=dry_run or options["verbosity"] > 1)
        if dry_run:
            self.stdout.write("Dry run: nothing was written.")
            return
        try:
            count = run_import(
                source,
                now=database_now(),
                author=author,
                valid_rows=valid_rows,
                change_kind=options["change_kind"],
                change_note=options["change_note"],
            )
        except Refused as refusal:
            raise CommandError(f"{refusal} Nothing was written.") from None
        status = "" if choices.as_in_file else " New ones are drafts."
        self.stdout.write(f"{counted(count, 'question')} imported.{status}")

    def _choice(self, columns: list[str], heading: int | None) -> Choice:
        """What the options say of the columns."""
        pairs = [column.rpartition("=") for column in columns]
        if any(not name.strip() for name, _, _ in pairs):
            raise CommandError("--column: write the column's name, =, and a field: Frage=prompt.")
        try:
            return Choice({name: field.strip() for name, _, field in pairs}, heading)
        except FormatError as error:
            raise CommandError(f"--column: {error.sentence}") from None

    def _read(self, file: Path, choice: Choice) -> ExchangeFile:
        try:
            check_size(file.stat().st_size)
            return read_file(file.name, file.read_bytes(), choice)
        except UnclearColumns as unclear:
            names = ", ".join(f"“{name}”" for name in unclear.names[:30] if name)
            raise CommandError(
                f"{file.name}: {unclear.sentence} Say what the columns hold, as in"
                f' --column "NAME=prompt". The columns are {names}. Nothing was written.'
            ) from None
        except FormatError as error:
            raise CommandError(f"{file.name}: {error.sentence} Nothing was written.") from None
        except OSError as error:
            raise CommandError(f"{file.name}: {error}. Nothing was written.") from None

    def _topic(self, slug: str | None) -> Topic | None:
        if slug is None:
            return None
        try:
            return Topic.objects.get(slug=slug)
        except Topic.DoesNotExist:
            raise CommandError(f"There is no topic {slug!r}.") from None
