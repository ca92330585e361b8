"""Compute all statistics of the questions now; the sweep counts what changed every few minutes."""

from django.core.management.base import BaseCommand

from attempts.statistics.compute import refresh
from quizsite.clock import database_now


class Command(BaseCommand):
    help = "Compute the statistics of all questions from all finished attempts."

    def handle(self, **options: object) -> None:
        done = refresh(now=database_now(), everything=True)
        self.stdout.write(
            "statistics computed" if done else "nothing done: another process is computing them"
        )
