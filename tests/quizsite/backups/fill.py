"""Fill the database of DATABASE_URL with some of the example data: python -m …backups.fill"""

import random
from datetime import timedelta

import django

if __name__ == "__main__":
    django.setup()

    from attempts.example_data import asking_back, special_attempts
    from attempts.example_data.candidate import ExampleCandidate
    from questions import formats
    from questions.bank.seed import seed_bank
    from questions.management.commands.seed_questions import CORE_BANK
    from quizsite.clock import database_now
    from tests.attempts.candidate import a_user

    now = database_now()
    bank = formats.read_bank(CORE_BANK.read_text(encoding="utf-8"))
    seed_bank(bank, now=now - timedelta(days=60))
    ada = ExampleCandidate(a_user(), 0.5, random.Random(1))
    ada.take("reproducibility", now - timedelta(days=9))
    special_attempts.leave_until_time_runs_out(ada, now - timedelta(days=8))
    special_attempts.go_into_overtime(ada, now - timedelta(days=7))
    asking_back.take(ada, now - timedelta(days=2))
