from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from questions import formats, roles
from questions.bank.seed import seed_bank
from questions.management.accounts import account_named, add_user_argument
from quizsite.clock import database_now

CORE_BANK = Path(__file__).resolve().parents[2] / "fixtures" / "core_bank.yaml"


class Command(BaseCommand):
    help = (
        "Load the core bank, or another bank file: adds what is new, updates what nobody has"
        " touched, never overwrites an editor's change. Running it twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=CORE_BANK)
        add_user_argument(parser)

    def handle(self, *, file: Path, user: str | None, **options: Any) -> None:
        account = account_named(user)
        try:
            content = formats.read_bank(file.read_text(encoding="utf-8"))
            report = seed_bank(content, now=database_now(), user=account)
        except formats.FormatError as error:
            raise CommandError(f"{file.name}: {error.sentence} Nothing was written.") from None
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file.name}: {error}") from None
        for (kind, outcome), count in sorted(report.items()):
            self.stdout.write(f"{count} {kind}(s) {outcome}")
        for role in roles.make_groups():
            if role.added:
                self.stdout.write(f"group {role.name} added")
            elif role.missing:
                self.stdout.write(f"group {role.name} lacks {', '.join(role.missing)}")
