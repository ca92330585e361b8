from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from questions.exchange.apply import Refused, run_import
from questions.exchange.plan import ImportFile, Outcome, Plan, Row, plan_import
from questions.formats import (
    READERS,
    Choice,
    ExchangeFile,
    FormatError,
    UnclearColumns,
    read_file,
)
from questions.formats.encoding import check_size
from questions.models import ChangeKind, Topic
from questions.rules.compare import ADDED, REMOVED, SAME
from quizsite.clock import database_now

MARKS = {SAME: "{}", REMOVED: "[-{}-]", ADDED: "{{+{}+}}"}
"""How git marks words."""


class Command(BaseCommand):
    help = (
        "Import questions from a file: new ones as drafts, changed texts as new versions."
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
            "--change-kind",
            choices=ChangeKind.values,
            default=ChangeKind.MATERIAL.value,
            help="of texts that change: a typo, or (the default) their meaning",
        )
        parser.add_argument("--change-note", default="", metavar="TEXT", help="why they change")

    def handle(
        self, *, file: Path, dry_run: bool, valid_rows: bool, topic: str | None, **options: Any
    ) -> None:
        choice = self._choice(options["columns"], options["heading_row"])
        source = ImportFile(file.name, self._read(file, choice), self._topic(topic))
        self._show(plan_import(source), every_row=dry_run or options["verbosity"] > 1)
        if dry_run:
            self.stdout.write("Dry run: nothing was written.")
            return
        try:
            count = run_import(
                source,
                now=database_now(),
                valid_rows=valid_rows,
                change_kind=options["change_kind"],
                change_note=options["change_note"],
            )
        except Refused as refusal:
            raise CommandError(f"{refusal} Nothing was written.") from None
        self.stdout.write(f"{count:,} question(s) imported. New ones are drafts.")

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

    def _show(self, plan: Plan, *, every_row: bool) -> None:
        """What would happen: wrong rows always, the others if every_row."""
        for row in plan.of(Outcome.WRONG):
            for mistake in row.mistakes:
                self.stdout.write(f"wrong      {row.place}, {mistake}")
        for row in plan.rows if every_row else ():
            self._show_row(row)
        for left in plan.left_out:
            self.stdout.write(f"left out   {left.place}, {left.name}: {left.why}")
        for topic in plan.new_topics:
            self.stdout.write(f"new topic  {topic.slug}, {topic.name}")
        for note in plan.notes:
            self.stdout.write(f"note       {note}")
        self.stdout.write(
            ", ".join(f"{count:,} {outcome}" for outcome, count in plan.counts.items())
        )

    def _show_row(self, row: Row) -> None:
        if row.outcome != Outcome.WRONG:
            self.stdout.write(f"{row.outcome:10} {row.place}, {row.name}")
        for change in row.changes:
            words = "".join(MARKS[part.kind].format(part.text) for part in change.pieces())
            self.stdout.write(f"             {change.field}: {words}")
