"""A model on another server checks answers; the built-in engine does where it fails."""

import logging
from io import StringIO

import pytest
from django.core.management import call_command

from attempts import scoring, transitions
from attempts.chat_engine import client
from attempts.marking import model_server, suggesting
from attempts.marking.rescoring import suggestion_changes
from attempts.models import Answer
from tests.attempts.chat_engine.stand_in import hangs, says, send, standing_in, verdicts
from tests.attempts.follow_ups import asked_back
from tests.attempts.marking.answers import TEXT, answered, suggestion

pytestmark = pytest.mark.django_db

ENGINE = "chat-1 stand-in"
GOOD = verdicts(("not made", ""), ("made", "I like tea"))


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(client, "PAUSES", (0.01, 0.01))
    monkeypatch.setattr(model_server, "_resting_until", 0.0)


@pytest.fixture
def server(settings, request):
    """The server that the settings name; it gives the replies of the parameter, else a good one."""
    script = getattr(request, "param", [says(GOOD)])
    with standing_in(*script, seconds=0.5) as (named, seen):
        settings.SCORER = named
        yield seen


def test_the_model_is_asked_and_named(server):
    answer = answered()
    assert suggesting.suggest(answer.pk)
    answer.refresh_from_db()
    assert (answer.engine, answer.suggested) == (ENGINE, [False, True])
    assert answer.evidence[1] == {"confidence": 0.9, "text": "I like tea", "opposite": None}
    assert suggesting.engine_name() == ENGINE


def test_without_a_server_nothing_leaves_this_site(settings):
    assert settings.SCORER is None
    assert model_server.ask(answered()) is None
    assert suggesting.engine_name() == scoring.engine_name()


@pytest.mark.parametrize(
    "server",
    [[send(b"<html>")], [send(b"", 429)], [hangs], [send(TEXT.encode(), 403)], [says({})]],
    indirect=True,
)
def test_where_it_fails_the_built_in_engine_checks(server, caplog):
    answer = answered()
    suggesting.suggest(answer.pk)
    answer.refresh_from_db()
    assert (answer.engine, answer.suggested) == (scoring.engine_name(), [True, False])
    (record,) = [r for r in caplog.records if r.levelno >= logging.WARNING]
    assert str(answer.pk) in record.getMessage()
    assert TEXT not in caplog.text


@pytest.mark.parametrize("server", [[hangs]], indirect=True)
def test_a_server_that_hangs_takes_its_time_once_not_for_each_answer(server):
    answers = [answered() for _ in range(4)]
    for answer in answers:
        suggesting.suggest(answer.pk)
    assert len(server.bodies) == 1
    assert set(Answer.objects.values_list("engine", flat=True)) == {scoring.engine_name()}


@pytest.mark.parametrize("server", [[send(b"<html>"), says(GOOD)]], indirect=True)
def test_a_bad_reply_is_no_reason_to_leave_the_server_alone(server):
    for answer in (answered(), answered()):
        suggesting.suggest(answer.pk)
    engines = Answer.objects.order_by("pk").values_list("engine", flat=True)
    assert list(engines) == [scoring.engine_name(), ENGINE]


def test_who_is_in_a_hurry_can_do_without_the_model(server):
    found = suggesting.suggestion_for(answered(), asks_model=False)
    assert found.engine == scoring.engine_name()
    assert server.bodies == []


def test_rescore_asks_the_server_also_when_it_only_lists(server):
    answer = answered()
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, True], "minilm-2"))
    out = StringIO()
    call_command("rescore", "--dry-run", stdout=out)
    assert f"100 % -> 50 % ({ENGINE})" in out.getvalue()
    assert Answer.objects.get(pk=answer.pk).engine == "minilm-2"
    call_command("rescore", stdout=StringIO())
    assert Answer.objects.get(pk=answer.pk).engine == ENGINE
    assert len(server.bodies) == 2


@pytest.mark.parametrize("server", [[send(b"", 503)]], indirect=True)
def test_rescore_replaces_nothing_where_the_server_fails(server, caplog):
    stored, new = answered(), answered()
    transitions.store_suggestion(stored.pk, stored.revision, suggestion([False, True], ENGINE))
    changes = list(suggestion_changes(Answer.objects.order_by("pk")))
    assert [(c.answer, c.suggestion.engine) for c in changes] == [(new, scoring.engine_name())]
    assert f"Answer {stored.pk} keeps its suggestion" in caplog.text


@pytest.mark.parametrize("server", [[says(verdicts(*[("not made", "")] * 4))]], indirect=True)
def test_a_follow_up_is_sent_as_the_question_that_its_answer_is_to(server):
    answer = asked_back("1000", "", text="Something.")
    later = answer.follow_ups.get()
    Answer.objects.filter(pk=later.pk).update(text="I would retry it.")
    assert suggesting.suggest(later.pk)
    later.refresh_from_db()
    assert (later.engine, later.suggested) == (ENGINE, [False] * 4)
    sent = str(server.bodies[-1])
    assert "And if it is slow?" in sent
    assert "What does a client do?" not in sent
