"""Two processes that come to the same answers at once share them: none is scored twice."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest
from django.db import connection

from attempts.models import Answer
from tests.attempts.chat_engine.stand_in import Handler, says, standing_in, verdicts
from tests.attempts.marking.answers import answered
from tests.factories import AnswerFactory

MANY = 12

PROCESS = """
import sys, django
django.setup()
from attempts.marking.suggesting import suggest_soon, wait_until_suggested
from attempts.models import Answer
answers = list(Answer.objects.order_by("position"))
print("ready", flush=True)
sys.stdin.readline()
suggest_soon(answers)
assert wait_until_suggested(60)
"""


def database_url() -> str:
    of = connection.settings_dict
    url = f"postgres://{of['USER']}:{of['PASSWORD']}@/{of['NAME']}?host={of['HOST']}"
    return f"{url}&port={of['PORT']}" if of["PORT"] else url


def slowly(handler: Handler) -> None:
    time.sleep(0.05)
    says(verdicts(("not made", ""), ("not made", "")))(handler)


@pytest.mark.django_db(transaction=True)
def test_finish_and_result_in_two_processes_score_each_answer_once():
    first = answered()
    for position in range(first.position + 1, first.position + MANY):
        AnswerFactory(attempt=first.attempt, position=position, text=f"No. {position}", closed=True)
    command, pipe = [sys.executable, "-c", PROCESS], subprocess.PIPE
    with standing_in(slowly) as (server, seen), ExitStack() as stack:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "quizsite.settings",
            "DATABASE_URL": database_url(),
            "SCORER_URL": server.url,
            "SCORER_MODEL": server.model,
        }
        workers = [
            stack.enter_context(
                subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=env)
            )
            for _ in range(2)
        ]
        assert [process.stdout.readline() for process in workers] == ["ready\n"] * 2
        for process in workers:
            print("go", file=process.stdin, flush=True)
        assert [process.wait(60) for process in workers] == [0, 0]
    assert len(seen.bodies) == MANY
    assert set(Answer.objects.values_list("engine", flat=True)) == {"chat-1 stand-in"}
