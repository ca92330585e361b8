"""How much a person's use needs of the database; docs/many_machines.md has the figures.

Run it by itself: pytest -s tests/cluster/test_sizes.py
"""

import os
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.postgres.search import SearchVector
from django.core.management import call_command
from django.db import connection
from django.test import Client

from attempts.models import Answer, Attempt
from questions.models import QuestionVersion
from tests.factories import AnswerFactory, AttemptFactory, InterviewFactory, interview_of
from tests.plain_browser import begin, visit

ATTEMPTS, EACH, SAVES, PAGES = 3_000, 1, 400, 100
TABLES = ("attempts_attempt", "attempts_answer", "attempts_countedanswer")


def written() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = 'local'")
        cursor.execute("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
        return cursor.fetchone()[0]


def server_seconds() -> float:
    """CPU time of the server's process for this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


SHOWN = {"confidence": 0.9, "text": "It keeps one definition for both. " * 3, "opposite": None}
MISSING = {"confidence": 0.1, "text": None, "opposite": None}
TICKS = [True, True, False, False, False]


def fill() -> None:
    """Finished attempts whose answers are the examples of the shipped questions."""
    versions = list(QuestionVersion.objects.exclude(example_answer="").order_by("pk"))
    interview = InterviewFactory()
    attempts = [
        AttemptFactory.build(finished=True, user=None, guest_key=str(uuid4()), interview=interview)
        for _ in range(ATTEMPTS)
    ]
    Attempt.objects.bulk_create(attempts)
    Answer.objects.bulk_create(
        [
            answer_of(attempt, place, versions[(37 * number + place) % len(versions)])
            for number, attempt in enumerate(attempts)
            for place in range(EACH)
        ],
        batch_size=1000,
    )
    Answer.objects.update(search=SearchVector("text", config="english"))


def answer_of(attempt: Attempt, place: int, version: QuestionVersion) -> Answer:
    return AnswerFactory.build(
        attempt=attempt,
        position=10 * place,
        version=version,
        written=True,
        text=version.example_answer,
        writer=str(uuid4()),
        engine="all-MiniLM-L6-v2 and a judgement",
        suggested=TICKS,
        confirmed=TICKS,
        evidence=[SHOWN if made else MISSING for made in TICKS],
    )


@pytest.mark.django_db(transaction=True)
def test_bytes_of_attempts_and_answers():
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        connection.connection.answer_timeout = None
        call_command("seed_questions", verbosity=0)
        fill()
        call_command("refresh_statistics", verbosity=0)
        cursor.execute("SELECT avg(length(text)) FROM attempts_answer")
        (length,) = cursor.fetchone()
        print(f"\n{ATTEMPTS:,} attempts with an answer each, of {length:.0f} characters")
        print(f"{'table':<26}{'rows':>9}{'bytes a row':>13}{'of it indexes':>15}")
        for table in TABLES:
            cursor.execute(f"VACUUM FULL ANALYZE {table}")
            sizes = f"pg_total_relation_size('{table}'), pg_indexes_size('{table}')"
            cursor.execute(f"SELECT count(*), {sizes} FROM {table}")  # noqa: S608 - ours
            rows, whole, indexes = cursor.fetchone()
            print(f"{table:<26}{rows:>9,}{whole / rows:>13.0f}{indexes / rows:>15.0f}")


@pytest.mark.django_db(transaction=True)
def test_what_a_page_costs():
    client = Client()
    address = begin(client, interview_of(5)).get_absolute_url()
    visit(client, address)
    began = time.process_time()
    for _ in range(PAGES):
        assert client.get(address).status_code == 200
    spent = 1000 * (time.process_time() - began) / PAGES
    print(f"\na question shown: {spent:.1f} ms of this process's CPU")


@pytest.mark.django_db(transaction=True)
def test_what_an_autosave_writes_and_costs():
    client = Client()
    attempt = begin(client, interview_of(5))
    page = visit(client, attempt.get_absolute_url())
    _, form = page.data("Submit answer", text="")
    address = f"{attempt.get_absolute_url()}save/"
    headers = {"X-Page-Script": "1"}
    text, revision = "A feature store keeps one definition for both. " * 10, form["revision"]
    before, began, server = written(), time.process_time(), server_seconds()
    for number in range(1, SAVES + 1):
        sent = {
            "position": form["position"],
            "revision": revision,
            "writer": "1c5f14d5-95dd-4a5c-a0f4-1b2ad7ebc5a1",
            "sequence": number,
            "text": f"{text}{'and so on ' * number}",
            "cause": "auto",
        }
        reply = client.post(address, sent, headers=headers)
        assert reply.status_code == 200, reply.content
        revision = reply.json()["revision"]
    spent = 1000 * (time.process_time() - began) / SAVES
    served = 1000 * (server_seconds() - server) / SAVES
    print(f"\n{SAVES} autosaves: {(written() - before) / SAVES:.0f} bytes of WAL each, ", end="")
    print(f"{served:.2f} ms of the server's CPU, {spent:.1f} ms of ours and the test client's")
