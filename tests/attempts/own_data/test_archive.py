"""The zip: its names, what explains it, and what it costs."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts import transitions
from attempts.own_data.archive import cell
from attempts.own_data.person import Person
from attempts.own_data.tables import tables_of
from attempts.owners import Owner
from attempts.transitions import staff
from questions.models import Timing
from quizsite.clock import database_now
from tests.attempts.own_data.everything import read_download, write_everything
from tests.factories import (
    AnswerFactory,
    AttemptFactory,
    UserFactory,
    interview_of,
    published_question,
)
from tests.plain_browser import begin, logged_in, visit
from tests.threads import together

pytestmark = pytest.mark.django_db

DOWNLOAD = "/attempts/download/"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""), ("", ""), (True, "true"), (0.5, "0.5"), (12, "12"), ([], "[]"),
        (["a", None, "é"], '["a", null, "é"]'), ("=1", "'=1"), ("plain", "plain"),
        ("null", "'null"),
    ],
)  # fmt: skip
def test_what_a_cell_has(value, written):
    assert cell(value) == written


@pytest.fixture
def user():
    user = UserFactory()
    write_everything(Owner(user_id=user.pk))
    return user


def test_it_is_a_zip_named_by_the_day(user):
    response = logged_in(user).get(DOWNLOAD)
    content = response.getvalue()
    name = re.fullmatch(
        r'attachment; filename="(mock-interview-\d{4}-\d\d-\d\d)\.zip"',
        response.headers["Content-Disposition"],
    )[1]
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Length"] == str(len(content))
    assert "no-store" in response.headers["Cache-Control"]
    assert all(entry.startswith(f"{name}/") for entry in read_download(content).names)


def test_the_text_explains_every_file_and_every_column(user):
    got = read_download(logged_in(user).get(DOWNLOAD).getvalue())
    tables = tables_of(Person(Owner(user_id=user.pk)))
    files = {entry.split("/")[1] for entry in got.names}
    assert files == {"README.txt", "everything.json", *(f"{table.name}.csv" for table in tables)}
    parts = re.split(r"\r\n(\w+\.csv)\r\n=+\r\n", got.read_me)
    explained = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert explained.keys() | {"README.txt", "everything.json"} == files
    for name, rows in got.csv.items():
        for column in rows[0] if rows else []:
            assert f"- {column}: " in explained[f"{name}.csv"]


def test_a_stranger_has_nothing_to_download(client):
    assert client.get(DOWNLOAD).headers["Location"] == "/"
    assert client.post(DOWNLOAD).status_code == 405


SECRET = {
    "key_points": ["SECRET point one", "SECRET point two"],
    "answer": "SECRET model",
    "how_to_answer": "SECRET advice",
    "example_answer": "SECRET example",
}


@pytest.mark.parametrize("timing", [timing.value for timing in Timing])
def test_hazard_21_of_a_running_attempt_only_what_its_pages_showed(client, timing):
    interview = interview_of(3, timing=timing)
    for number, slot in enumerate(interview.slots.all(), 1):
        slot.question = published_question(prompt=f"Prompt {number}?", **SECRET)
        slot.save()
    attempt = begin(client, interview)
    visit(client, attempt.get_absolute_url()).press("Flag", text="Mine.")
    got = read_download(client.get(DOWNLOAD).getvalue())
    assert "SECRET" not in got.words
    assert got.everything["answers"][0]["prompt"] == "Prompt 1?"
    assert got.everything["answers"][0]["text"] == "Mine."
    is_hidden = timing == Timing.PER_QUESTION
    assert ("Prompt 2?" not in got.words) is is_hidden
    later = attempt.answers.get(position=3).version.question
    assert (later.slug not in str(got.everything["answers"])) is is_hidden
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    got = read_download(client.get(DOWNLOAD).getvalue())
    assert [answer["prompt"] for answer in got.everything["answers"]] == [
        "Prompt 1?", "Prompt 2?", "Prompt 3?"
    ]  # fmt: skip
    assert len(got.everything["key_points"]) == 6
    assert "SECRET model" not in got.words


def test_a_reopened_attempt_hides_its_points_again(client):
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    visit(client, attempt.get_absolute_url()).press("Flag", text="Mine.")
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    client.post(f"/attempts/{attempt.pk}/review/1/", {"points": ["0"]})
    staff.reopen(attempt.pk, timedelta(minutes=5), why="x", now=database_now())
    got = read_download(client.get(DOWNLOAD).getvalue())
    assert "The first idea." not in got.words


def test_many_attempts_take_the_statements_of_one():
    counts = []
    for attempts in (1, 8):
        user = UserFactory()
        for _ in range(attempts):
            attempt = AttemptFactory(user=user, finished=True)
            AnswerFactory(attempt=attempt, written=True, closed=True)
        client = logged_in(user)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read_download(client.get(DOWNLOAD).getvalue())
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_file_is_of_one_moment_whatever_is_deleted_meanwhile():
    for _ in range(6):
        user = UserFactory()
        owner = Owner(user_id=user.pk)
        write_everything(owner, texts=["One.", "Two.", "Three."])
        client = logged_in(user)
        content, _ = together(
            lambda c=client: c.get(DOWNLOAD).getvalue(),
            partial(transitions.delete_all, owner),
        )
        got = read_download(content).everything
        attempts = {attempt["attempt_id"] for attempt in got["attempts"]}
        assert {answer["attempt_id"] for answer in got["answers"]} == attempts
        assert bool(attempts) == bool(got["schedules"]) == bool(got["notes"])
        for name in ("kept_texts", "reports", "said_here", "key_points", "result_links"):
            assert bool(got[name]) == bool(attempts)
            assert {row["attempt_id"] for row in got[name]} <= attempts
