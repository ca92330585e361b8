"""Reading what waits, whatever happens to the answers meanwhile."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import Error, connection
from django.db.models import F

from attempts import scoring, transitions
from attempts.marking import catching_up, suggesting
from attempts.marking.queue.reading import Held, read_waiting
from attempts.marking.queue.waiting import say_seen
from attempts.models import Answer, ScorerClaim, ScorerSeen, Suggestion
from attempts.owners import Owner
from attempts.rules.save_verdicts import Save
from tests.attempts.chat_engine.stand_in import hangs, standing_in
from tests.attempts.marking.answers import answered, suggestion
from tests.attempts.marking.queue.answers import closed, engines
from tests.attempts.marking.queue.test_claims import let_pass
from tests.factories import AnswerFactory, AttemptFactory
from tests.threads import together

pytestmark = pytest.mark.django_db


def test_all_that_waits_is_read_and_nothing_else():
    answer, empty, done = answered(), answered(""), answered()
    transitions.store_suggestion(done.pk, done.revision, suggestion([True, True]))
    unlimited = AttemptFactory(untimed=True, limit=None, deadline_at=None)
    running = AnswerFactory(attempt=unlimited, written=True)
    assert read_waiting() == 1
    found = dict(Answer.objects.values_list("pk", "engine"))
    ours = scoring.engine_name()
    assert found == {answer.pk: ours, empty.pk: "", done.pk: "test-1", running.pk: ""}
    assert read_waiting() == 0
    assert not ScorerClaim.objects.exists()


def test_the_log_says_how_long_each_took_and_nothing_of_its_text(caplog):
    answer = answered()
    with caplog.at_level("INFO", "attempts.marking"):
        read_waiting()
    (record,) = caplog.records
    assert (record.answer, record.engine) == (answer.pk, scoring.engine_name())
    assert 0 <= record.milliseconds < 60_000
    assert answer.text not in caplog.text


def refuse(answer: Answer) -> None:
    """From now on, in this test, PostgreSQL refuses every change of this answer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'not this one: %', OLD.text; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE UPDATE OF engine ON attempts_answer FOR EACH ROW"
            f" WHEN (OLD.id = {answer.pk}) EXECUTE FUNCTION refuse()"
        )


@pytest.fixture
def lost_link(transactional_db):
    """The server ends the connection in the middle of each transaction that stores a suggestion."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER cut BEFORE UPDATE OF engine ON attempts_answer FOR EACH ROW"
            " EXECUTE FUNCTION cut()"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION cut CASCADE")


def test_an_answer_is_not_put_off_because_the_link_was_lost(lost_link, caplog):
    answer, held = answered(), Held()
    with pytest.raises(Error):
        read_waiting(held=held)
    assert held.ids == {answer.pk}
    ours = [record for record in caplog.records if record.name.startswith("attempts")]
    assert ours == [], "who reads says so, once"
    held.give_back()
    assert not ScorerClaim.objects.exists()


@pytest.mark.parametrize("ago", [(10, 20), (20, 10)])
def test_one_that_always_fails_keeps_no_other_waiting(caplog, ago):
    poison, _ = (closed(seconds) for seconds in ago)
    refuse(poison)
    assert read_waiting() == 1
    assert engines() == ["", scoring.engine_name()]
    assert f"Answer {poison.pk}" in caplog.text
    assert poison.text not in caplog.text
    caplog.clear()
    assert read_waiting() == 0
    assert caplog.text == "", "it is left alone for a while"
    later = closed(5)
    assert read_waiting() == 1
    let_pass(61)
    read_waiting()
    assert f"Answer {poison.pk}" in caplog.text
    assert Answer.objects.get(pk=later.pk).engine


def test_it_ends_when_it_is_told_to():
    answered(), answered()
    goes_on = iter([True, False])
    assert read_waiting(lambda: next(goes_on)) == 1
    assert sorted(engines()) == ["", scoring.engine_name()]


def while_it_is_read(monkeypatch, act) -> None:
    """Something else happens, on another connection, while an engine reads an answer."""
    find = suggesting.suggestion_for

    def found(answer: Answer, **how) -> Suggestion:
        suggestion = find(answer, **how)
        together(lambda: act(answer))
        return suggestion

    monkeypatch.setattr(suggesting, "suggestion_for", found)


@pytest.mark.django_db(transaction=True)
def test_a_text_that_changes_while_it_is_read_is_read_anew(monkeypatch):
    attempt = AttemptFactory(finished=True)
    answer = AnswerFactory(attempt=attempt, written=True, closed=True)
    Answer.objects.filter(pk=answer.pk).update(closed_by="deadline")
    owner = Owner(user_id=attempt.user_id)

    def write_on(read: Answer) -> None:
        sent = Save(text="Something else.", revision=read.revision, writer="w", sequence=1)
        if read.revision == answer.revision:  # within the seconds in which a late text counts
            saved = transitions.save(
                owner, attempt.pk, answer.position, sent, now=Answer.objects.get().closed_at
            )
            assert saved.answer.text == "Something else."

    while_it_is_read(monkeypatch, write_on)
    assert read_waiting() == 0
    assert engines() == [""]
    let_pass(2)
    assert read_waiting() == 1
    assert engines() == [scoring.engine_name()]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("whole", ["attempt", "owner"])
def test_an_answer_that_is_deleted_while_it_is_read_leaves_nothing_behind(monkeypatch, whole):
    gone, stays = closed(5), closed(10)
    owner = Owner(user_id=gone.attempt.user_id)

    def delete(read: Answer) -> None:
        if read.pk == gone.pk and whole == "attempt":
            transitions.delete(owner, gone.attempt_id)
        elif read.pk == gone.pk:
            transitions.delete_all(owner)
            gone.attempt.user.delete()

    while_it_is_read(monkeypatch, delete)
    assert read_waiting() == 1
    assert list(Answer.objects.values_list("pk", "engine")) == [(stays.pk, scoring.engine_name())]


def test_the_sweep_reads_once_what_waits():
    answer = answered()
    call_command("finish_overdue", stdout=StringIO())
    assert Answer.objects.get(pk=answer.pk).engine == scoring.engine_name()


def test_in_its_rounds_the_sweep_leaves_it_to_the_process_that_is_there(settings):
    answered()
    with standing_in(hangs) as (settings.SCORER, seen):
        say_seen()
        catching_up.catch_up_alone()
        assert engines() == [""]
        ScorerSeen.objects.update(seen_at=F("seen_at") - timedelta(minutes=3))
        catching_up.catch_up_alone()
    assert engines() == [scoring.engine_name()]
    assert seen.bodies == [], "the sweep has attempts to end, and a server may be slow"


def test_catching_up_takes_a_limited_time():
    answered()
    assert catching_up.catch_up(0) == 0
    assert engines() == [""]
