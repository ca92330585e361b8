"""Processes that make suggestions: together, killed, without messages, without a database."""

import signal
import time
from datetime import timedelta

import pytest

from attempts import scoring
from attempts.marking.queue.waiting import is_scorer_alive
from attempts.models import TO_READ, Answer, ScorerClaim
from quizsite.database.notifications import notify
from tests.attempts.chat_engine.stand_in import Handler, hangs, says, standing_in, verdicts
from tests.attempts.commands.test_finish_overdue import Relay
from tests.attempts.marking.queue.answers import closed, engines
from tests.attempts.marking.queue.processes import (
    PATIENCE,
    end_sessions,
    making_suggestions,
    sessions,
    url_of_test_database,
)
from tests.attempts.marking.queue.test_claims import let_pass
from tests.waiting import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ASKED = "chat-1 stand-in"


@pytest.fixture(autouse=True)
def no_sessions_are_left():
    """They would keep the test database."""
    yield
    assert wait_until(lambda: not sessions(), PATIENCE)


def slowly(handler: Handler) -> None:
    time.sleep(0.05)
    says(verdicts(("not made", ""), ("not made", "")))(handler)


def all_read() -> bool:
    return "" not in engines()


def is_heard() -> bool:
    return bool(sessions(listening=True))


def test_two_processes_share_the_answers():
    many = 30
    for _ in range(many):
        closed(5)
    with (
        standing_in(slowly) as (server, seen),
        making_suggestions(server=server),
        making_suggestions(server=server),
    ):
        assert wait_until(all_read, PATIENCE)
    assert (len(seen.bodies), set(engines())) == (many, {ASKED})


def test_an_answer_is_read_as_soon_as_a_message_comes():
    with making_suggestions():
        assert wait_until(lambda: is_heard() and is_scorer_alive(), PATIENCE)
        took = []
        for _ in range(4):
            closed(0)
            notify(TO_READ)
            began = time.monotonic()
            assert wait_until(all_read, PATIENCE)
            took.append(time.monotonic() - began)
    assert sorted(took)[1] < 1, "looking by itself alone would take two seconds"


def test_a_message_that_is_lost_costs_seconds():
    with making_suggestions():
        assert wait_until(is_heard, PATIENCE)
        closed(0)  # nobody says so
        assert wait_until(all_read, 10)


def test_what_a_killed_process_was_at_is_read_by_another():
    answer = closed(5)
    with standing_in(hangs, says(verdicts(("made", "I like tea"), ("not made", "")))) as (
        server,
        seen,
    ):
        with making_suggestions(server=server) as process:
            assert wait_until(lambda: seen.bodies, PATIENCE)
            process.kill()
        assert ScorerClaim.objects.filter(answer_id=answer.pk).exists()
        with making_suggestions(server=server):
            assert wait_until(is_scorer_alive, PATIENCE)
            time.sleep(3)
            assert engines() == [""], "the first one might still be at it"
            let_pass(30 + server.seconds)
            assert wait_until(all_read, 10)
    assert (len(seen.bodies), engines()) == (2, [ASKED])


def test_told_to_end_it_finishes_the_answer_and_takes_no_other():
    for _ in range(20):
        closed(5)

    def takes_a_second(handler: Handler) -> None:
        time.sleep(1)
        slowly(handler)

    with (
        standing_in(takes_a_second) as (server, seen),
        making_suggestions(server=server) as process,
    ):
        assert wait_until(lambda: seen.bodies, PATIENCE)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    read = [engine for engine in engines() if engine]
    assert 1 <= len(read) == len(seen.bodies) <= 4
    assert not ScorerClaim.objects.exists()
    assert not is_scorer_alive()
    assert "Traceback" not in "".join(process.output)


def test_told_to_end_while_a_server_hangs_it_gives_the_answer_back():
    closed(5)
    with (
        standing_in(hangs, seconds=60) as (server, seen),
        making_suggestions(server=server) as process,
    ):
        assert wait_until(lambda: seen.bodies, PATIENCE)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    assert (engines(), ScorerClaim.objects.count()) == ([""], 0)


def test_a_server_that_hangs_holds_up_one_answer_and_not_all():
    for _ in range(2):
        closed(5)
    with standing_in(hangs, seconds=4) as (server, seen), making_suggestions(server=server):
        assert wait_until(all_read, PATIENCE)
        assert len(seen.bodies) <= 2
        for _ in range(10):
            closed(0)
        notify(TO_READ)
        assert wait_until(all_read, 10)
    assert set(engines()) == {scoring.engine_name()}
    assert len(seen.bodies) <= 2, "it rests for a minute"


def test_where_the_message_line_is_cut_it_looks_by_itself_and_listens_again():
    with making_suggestions() as process:
        assert wait_until(is_heard, PATIENCE)
        first = sessions(listening=True)
        end_sessions(first)
        closed(0)
        assert wait_until(all_read, 10)
        assert wait_until(lambda: is_heard() and sessions(listening=True) != first, 10)
        assert wait_until(lambda: "heard again" in "".join(process.output), 10)
    assert sum("not heard for now" in line for line in process.output) == 1
    assert "Traceback" not in "".join(process.output)


def test_where_nobody_can_listen_it_looks_by_itself():
    with making_suggestions(DATABASE_DIRECT_URL="postgresql://nobody@127.0.0.1:9/none") as process:
        assert wait_until(is_scorer_alive, PATIENCE)
        closed(0)
        assert wait_until(all_read, 10)
        time.sleep(6)
    assert sum("not heard for now" in line for line in process.output) == 1


def test_it_waits_for_a_database_and_comes_back_after_an_outage():
    relay = Relay()
    closed(5)
    try:
        with making_suggestions(url_of_test_database("127.0.0.1", relay.port)) as process:
            assert wait_until(lambda: "No suggestions for now" in "".join(process.output), PATIENCE)
            time.sleep(4)
            assert process.poll() is None
            assert sum("No suggestions" in line for line in process.output) == 1
            relay.open()
            assert wait_until(all_read, 10)
            assert wait_until(is_heard, 10)
            end_sessions(sessions())
            closed(0)
            assert wait_until(all_read, 10)
    finally:
        relay.close()
    assert "Traceback" not in "".join(process.output)


def test_thousands_that_wait_are_read_from_both_ends():
    first = closed(3000)
    version, ago = {"version_id": first.version_id, "follows": first}, timedelta(seconds=1)
    rows = [
        Answer(
            attempt=first.attempt,
            **version,
            position=first.position + i,
            asked_point=i,
            text=f"No. {i}",
        )
        for i in range(1, 5_001)
    ]
    for row in rows:
        row.closed_at, row.closed_by = first.closed_at + ago, "finish"
    Answer.objects.bulk_create(rows)
    with making_suggestions():
        assert wait_until(is_scorer_alive, PATIENCE)
        newest = closed(0)
        notify(TO_READ)
        for answer in (newest, first):
            assert wait_until(lambda pk=answer.pk: Answer.objects.get(pk=pk).engine, 10)
        assert Answer.objects.filter(engine="").count() > 4_000
