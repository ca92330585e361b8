from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from questions.exchange.export import export_bank, missing_from
from questions.formats import FORMATS, FormatError

SUFFIXES = {known.suffix: name for name, known in FORMATS.items()} | {".yml": "yaml"}


class Command(BaseCommand):
    help = (
        "Write the bank to a file that import_questions can read. JSON and YAML carry topics,"
        " questions and interviews; the other formats have no place for interviews."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--format", choices=FORMATS, help="default: by the end of the file's name, else JSON"
        )
        parser.add_argument(
            "-o", "--output", type=Path, metavar="FILE", help="default: standard output"
        )

    def handle(self, *, format: str | None, output: Path | None, **options: Any) -> None:
        name = format or SUFFIXES.get(output.suffix.lower() if output else "", "json")
        if name == "xlsx" and output is None:
            raise CommandError("A spreadsheet can't go to standard output. Name its file with -o.")
        try:
            content = export_bank(name)
            if output is None:
                self.stdout.write(content.decode(), ending="")
                for missing in missing_from(name):
                    self.stderr.write(missing)
                return
            output.write_bytes(content)
        except FormatError as error:
            raise CommandError(error.sentence) from None
        except OSError as error:
            raise CommandError(str(error)) from None
        for missing in missing_from(name):
            self.stderr.write(missing)
        self.stderr.write(f"{output.name}: {len(content):,} bytes of {FORMATS[name].label}")
