from tests.faults.settings import *  # noqa: F403 - all of them

ROOT_URLCONF = "tests.quizsite.watching.breaking"
