"""The whole exchange with a server: what comes of good replies and of every kind of bad ones."""

import json
import socket
import time

import pytest

from attempts.chat_engine import client
from attempts.chat_engine.asking import find_points
from attempts.chat_engine.failures import ServerFailed, Unavailable
from attempts.chat_engine.prompt import Task
from attempts.chat_engine.server import named_server
from tests.attempts.chat_engine.stand_in import (
    completion,
    drips,
    floods,
    hangs,
    hangs_up,
    says,
    send,
    standing_in,
    verdicts,
)

TASK = Task(
    "Why version control?",
    ["Every change is recorded.", "Several people can work at once.", "Branches are cheap."],
    "Git records every  change. Only one person can work at a time.",
)
GOOD = verdicts(
    ("made", "records every change"), ("made wrongly", "Only one person"), ("not made", "")
)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch):
    monkeypatch.setattr(client, "PAUSES", (0.01, 0.01))


def test_a_good_reply_becomes_points():
    with standing_in(says(GOOD)) as (server, seen):
        made, wrong, missing = find_points(server, TASK)
    assert made == {
        "covered": True,
        "confidence": 0.9,
        "evidence": "records every  change",
        "opposite": None,
    }
    assert (wrong["covered"], wrong["evidence"]) == (False, "Only one person")
    assert wrong["opposite"] == TASK.key_points[1]
    assert (missing["covered"], missing["evidence"], missing["opposite"]) == (False, None, None)
    assert seen.paths == ["/v1/chat/completions"]
    (body,) = seen.bodies
    assert body["model"] == "stand-in"
    assert body["response_format"]["type"] == "json_schema"


def test_the_key_is_sent_only_if_there_is_one():
    with standing_in(says(GOOD), key="secret-1") as (server, seen):
        find_points(server, TASK)
    assert seen.headers[0]["Authorization"] == "Bearer secret-1"
    with standing_in(says(GOOD)) as (server, seen):
        find_points(server, TASK)
    assert "Authorization" not in seen.headers[0]


@pytest.mark.parametrize("status", [400, 422, 500, 501])
def test_a_server_without_schemas_is_asked_in_simpler_forms(status):
    refused = send(b"unknown field response_format", status)
    with standing_in(refused, refused, says(f"Here it is:\n```json\n{json.dumps(GOOD)}\n```")) as (
        server,
        seen,
    ):
        points = find_points(server, TASK)
    assert [point["covered"] for point in points] == [True, False, False]
    forms = [body.get("response_format", {}).get("type") for body in seen.bodies]
    assert forms == ["json_schema", "json_object", None]


@pytest.mark.parametrize("passing", [send(b"", 429), send(b"", 503), hangs_up])
def test_what_passes_is_tried_again(passing):
    with standing_in(passing, passing, says(GOOD)) as (server, seen):
        assert find_points(server, TASK)[0]["covered"]
    assert len(seen.bodies) == 3


@pytest.mark.parametrize("passing", [send(b"", 429), send(b"", 502), hangs_up])
def test_tries_are_bounded(passing):
    with standing_in(passing) as (server, seen), pytest.raises(Unavailable):
        find_points(server, TASK)
    assert len(seen.bodies) == 3


def test_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = named_server(f"http://127.0.0.1:{free.getsockname()[1]}", "m")
        with pytest.raises(Unavailable, match="ConnectionRefusedError"):
            find_points(server, TASK)


@pytest.mark.parametrize(
    "slow",
    [
        hangs,
        drips(b""),
        drips(),
        drips(b"HTTP/1.1 200 OK\r\n\r\n"),
        drips(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"),
        drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
    ],
    ids=["hangs", "status", "headers", "body", "long body", "chunks"],
)
def test_a_slow_server_is_left_in_time(slow):
    begun = time.monotonic()
    with standing_in(slow, seconds=0.4) as (server, seen), pytest.raises(Unavailable, match="long"):
        find_points(server, TASK)
    assert time.monotonic() - begun < 15
    assert len(seen.bodies) == 1


@pytest.mark.parametrize(
    ("reply", "says_why"),
    [
        (send(b"<!DOCTYPE html><title>Welcome</title>"), "no JSON"),
        (send(b"\x1f\x8b\x08\x00"), "no JSON"),
        (send(b""), "no JSON"),
        (send(b" " * 10_000_000), "more than"),
        (floods, "more than"),
        (send(b'{"choices": []}'), "form of chat completions"),
        (send(completion("I think it is a good answer.")), "no JSON"),
        (says(verdicts(("made", "records every change"))), "other points"),
        (says(GOOD | verdicts(*[("not made", "")] * 4)), "other points"),
        (send(b"", 401), "status 401"),
        (send(b"", 404), "status 404"),
    ],
    ids=["HTML", "bytes", "empty", "10 MB", "endless", "no choice", "prose", "too few",
         "too many", "key", "path"],
)  # fmt: skip
def test_a_bad_reply_is_a_clear_failure(reply, says_why):
    with standing_in(reply) as (server, seen), pytest.raises(ServerFailed, match=says_why):
        find_points(server, TASK)
    assert len(seen.bodies) == 1


def test_redirects_are_not_followed():
    with standing_in(says(GOOD)) as (elsewhere, seen_elsewhere):
        for status in (301, 302, 307, 308):
            moved = send(b"", status, Location=elsewhere.url)
            with standing_in(moved) as (server, _), pytest.raises(ServerFailed, match=str(status)):
                find_points(server, TASK)
    assert seen_elsewhere.paths == []


def test_a_failure_repeats_neither_answer_nor_key_nor_reply():
    echo = TASK.answer.encode()
    for status in (200, 400, 401, 429):
        with (
            standing_in(send(echo, status), key="secret-1") as (server, _),
            pytest.raises(ServerFailed) as failed,
        ):
            find_points(server, TASK)
        assert "Git" not in str(failed.value)
        assert "secret-1" not in f"{failed.value} {server!r}"


def test_proxies_of_the_environment_are_not_used(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with standing_in(says(GOOD)) as (server, _):
        assert find_points(server, TASK)[0]["covered"]
