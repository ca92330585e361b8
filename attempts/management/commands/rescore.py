"""Suggest again for stored answers, with today's engine."""

from argparse import ArgumentParser
from uuid import UUID

from django.core.management.base import BaseCommand

from attempts.marking.rescoring import SuggestionChange, apply, suggestion_changes
from attempts.models import FINISHED, Answer
from attempts.rules.numbers import percent
from questions.rules.numbers import counted


class Command(BaseCommand):
    help = (
        "Suggest again which key points the answers of finished attempts make, with today's"
        " engine. Key points that a candidate has ticked stay as they are. Where SCORER_URL names a"
        " server, each answer is sent there, also with --dry-run, and what the server fails to"
        " check keeps its suggestion."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only list what would change")
        parser.add_argument("--attempt", type=UUID, metavar="UUID", help="of this attempt only")

    def handle(self, *, dry_run: bool, attempt: UUID | None, **options: object) -> None:
        answers = Answer.objects.filter(attempt__state__in=FINISHED).written()
        if attempt:
            answers = answers.filter(attempt=attempt)
        changed = 0
        related = answers.select_related("attempt", "version__question")
        for change in suggestion_changes(related.in_batches()):
            if dry_run or apply(change):
                changed += 1
                self.stdout.write(_line(change))
        self.stdout.write(
            f"{counted(changed, 'suggestion')} {'would change' if dry_run else 'changed'}"
        )


def _line(change: SuggestionChange) -> str:
    """For example: <attempt> question 2: 100 % -> 50 % (minilm-2)."""
    answer = change.answer
    line = (
        f"{answer.attempt_id} {answer.name}:"
        f" {percent(change.before)} -> {percent(change.after)} ({change.suggestion.engine})"
    )
    return line if change.changes_score else f"{line}, ticked by the candidate: the score stays"
