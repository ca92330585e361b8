from django.core.management.base import BaseCommand

from attempts.marking import rescoring
from attempts.models import FINISHED, Answer


class Command(BaseCommand):
    help = (
        "Suggest anew which key points the answers of finished attempts make, with the engine of"
        " today. What a candidate has marked stays."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only list what would move")
        parser.add_argument("--attempt", metavar="UUID", help="of one attempt only")

    def handle(self, *, dry_run, attempt, **options):
        answers = Answer.objects.filter(attempt__state__in=FINISHED).written()
        if attempt:
            answers = answers.filter(attempt=attempt)
        moved = 0
        for move in rescoring.moves(answers.select_related("attempt", "version").in_batches()):
            if not dry_run and not rescoring.apply(move):
                continue
            moved += 1
            self.stdout.write(
                f"{move.answer.attempt_id} question {move.answer.position}:"
                f" {_percent(move.before)} -> {_percent(move.after)} ({move.suggestion.engine})"
                f"{'' if move.counts else ', marked by the candidate: the score stays'}"
            )
        self.stdout.write(f"{moved} suggestion(s) {'would change' if dry_run else 'changed'}")


def _percent(share) -> str:
    return "none" if share is None else f"{share:.0%}"
