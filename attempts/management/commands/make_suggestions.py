"""The process that suggests which key points answers make, beside those that serve pages."""

import logging
import signal
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from attempts import scoring
from attempts.marking.catching_up import catch_up
from attempts.marking.queue.scorer import Scorer
from attempts.scoring_process.giving_way import give_way
from questions.rules.numbers import counted
from quizsite.watching.listener import serve_metrics

NICENESS = 10
"""Saves come first. Somebody waits for this too, so it keeps a tenth of a core that all want."""


class Command(BaseCommand):
    help = (
        "Suggest for every answer that waits, as soon as it waits, until SIGTERM or SIGINT. Several"
        " of these processes share the work, on any machines. With --once, do what waits and end."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, and end")

    def handle(self, *, once: bool = False, **options: object) -> None:
        if once:
            self.stdout.write(f"{counted(catch_up(float('inf')), 'suggestion')} made")
            return
        give_way(NICENESS)
        scorer = Scorer()

        def stop(*_: object) -> None:
            scorer.is_stopped = True

        for number in (signal.SIGINT, signal.SIGTERM):  # a shell may have set both to be ignored
            signal.signal(number, stop)
        # The pool would log each try to connect; our one line for each outage is enough.
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
        serve_metrics()
        scoring.engine_name()  # loads the engine, so that the first answer need not wait for it
        scorer.run()
