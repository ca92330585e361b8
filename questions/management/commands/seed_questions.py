from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from questions import formats, roles
from questions.bank.seed import seed_bank
from questions.management.accounts import account_named, add_user_argument
from questions.rules.numbers import counted
from quizsite.clock import database_now

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
CORE_BANK = FIXTURES / "core_bank.yaml"
PLATFORM_BANK = FIXTURES / "platform_bank.yaml"
SHIPPED_BANKS = (CORE_BANK, PLATFORM_BANK)
"""In the order in which their topics, questions and interviews are listed."""


class Command(BaseCommand):
    help = (
        "Load the shipped banks, or other bank files: adds what is new, updates what nobody has"
        " touched, never overwrites an editor's change. Running it twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, default=SHIPPED_BANKS)
        add_user_argument(parser)

    def handle(self, *, files: Sequence[Path], user: str | None, **options: Any) -> None:
        account = account_named(user)
        banks = list(map(_read, files))
        try:
            report = seed_bank(formats.joined(banks), now=database_now(), user=account)
        except formats.FormatError as error:
            raise _refused(" and ".join(file.name for file in files), error) from None
        for (kind, outcome), count in sorted(report.items()):
            self.stdout.write(f"{counted(count, kind)} {outcome}")
        for role in roles.make_groups():
            if role.added:
                self.stdout.write(f"group {role.name} added")
            elif role.missing:
                self.stdout.write(f"group {role.name} lacks {', '.join(role.missing)}")


def _read(file: Path) -> formats.Bank:
    try:
        return formats.read_bank(file.read_text(encoding="utf-8"))
    except formats.FormatError as error:
        raise _refused(file.name, error) from None
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file.name}: {error}") from None


def _refused(name: str, error: formats.FormatError) -> CommandError:
    return CommandError(f"{name}: {error.sentence} Nothing was written.")
