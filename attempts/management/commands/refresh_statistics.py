"""Compute what the pages about questions show; the sweep does it as well, every few minutes."""

from django.core.management.base import BaseCommand

from attempts.statistics import compute
from quizsite.clock import database_now


class Command(BaseCommand):
    help = "Compute the statistics of all questions from all finished attempts."

    def handle(self, **options):
        done = compute.refresh(now=database_now())
        self.stdout.write("statistics computed" if done else "somebody else is computing them")
