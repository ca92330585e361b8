from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from questions.exchange.export import export_bank
from questions.formats import FORMATS, FormatError

SUFFIXES = {known.suffix: name for name, known in FORMATS.items()} | {".yml": "yaml"}


class Command(BaseCommand):
    help = "Write all topics and questions to a file; import_questions reads it again."

    def add_arguments(self, parser):
        parser.add_argument(
            "--format", choices=FORMATS, help="without it, as the file's name ends, or JSON"
        )
        parser.add_argument(
            "-o", "--output", type=Path, metavar="FILE", help="else: standard output"
        )

    def handle(self, *, format, output, **options):
        name = format or SUFFIXES.get(output.suffix.lower() if output else "", "json")
        if name == "xlsx" and output is None:
            raise CommandError("A spreadsheet is no text: name its file with -o.")
        try:
            content = export_bank(name)
            if output is None:
                self.stdout.write(content.decode(), ending="")
                return
            output.write_bytes(content)
        except (OSError, FormatError) as error:
            raise CommandError(str(error)) from None
        self.stderr.write(f"{output.name}: {len(content):,} bytes of {FORMATS[name].label}")
