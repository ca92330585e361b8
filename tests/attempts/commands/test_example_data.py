"""The example data of `make dev`: what they show, and where they are never made."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from attempts.example_data import making
from attempts.management.commands.example_data import is_local
from attempts.models import (
    FINISHED,
    AddedTime,
    Answer,
    AskedQuestion,
    Attempt,
    CheckedSuggestions,
    KeptText,
    QuestionStatistics,
    Report,
    SaidHere,
    Sureness,
)
from attempts.rules.lifecycle import State
from attempts.rules.totals import Made
from attempts.views.results.answer_result import AnswerResult
from questions.models import Question, QuestionVersion
from quizsite.clock import database_now


def run() -> str:
    output = StringIO()
    call_command("example_data", stdout=output)
    return output.getvalue()


def known(model, field: str) -> set:
    return set(model.objects.values_list(field, flat=True))


@pytest.mark.slow
@pytest.mark.django_db
def test_they_show_every_kind_of_attempt_and_are_made_once(settings, client, monkeypatch):
    settings.DEBUG = True
    monkeypatch.setattr(making, "GUESTS", 2)  # each costs a quarter of a second
    assert making.PASSWORD in run()
    attempts = list(Attempt.objects.order_by("pk").values())

    assert known(Attempt, "state") == {state.value for state in State}
    assert Attempt.objects.finished().exclude(user=None).count() >= 10
    assert known(KeptText, "source") == {"late", "other"}
    assert known(Report, "status") == {"open", "accepted", "declined"}
    assert AddedTime.objects.exists()
    assert Answer.objects.exclude(text_at_deadline=None).exists()
    assert Answer.objects.exclude(regraded_at=None).exists()
    assert Answer.objects.exclude(confirmed=None).exists()
    assert Answer.objects.filter(not_english=True).exists()
    assert known(Answer, "sureness") == {None, *Sureness}
    assert Answer.objects.filter(longest_pause__gt=timedelta(seconds=15)).exists()
    assert SaidHere.objects.exists()
    assert CheckedSuggestions.objects.exists()
    attempt = Attempt.objects.get(answers__not_english=True)
    states = {p.state for a in attempt.answers.all() for p in AnswerResult(a).points}
    assert states >= {"found", "added by you", "unsure", "says the opposite?", "not found"}
    follow_ups = Answer.objects.exclude(follows=None)
    closed_by = {*follow_ups.values_list("closed_by", flat=True)}
    assert closed_by == {"submitted", "skipped", "deadline"}
    asked = AskedQuestion.of(follow_ups.earliest("pk").follows)
    assert {*asked.how_made} == {*Made}
    ended = Answer.objects.awaiting_suggestion().filter(attempt__state__in=FINISHED)
    assert not ended.exists()
    assert QuestionVersion.objects.filter(number=3).count() == 1
    assert QuestionStatistics.objects.values("question").distinct().count() == (
        Question.objects.published().count()
    )
    assert Attempt.objects.filter(started_at__gt=database_now() - timedelta(minutes=1)).count() == 0

    run()
    assert list(Attempt.objects.order_by("pk").values()) == attempts

    form = {"login": making.address_of(making.CANDIDATES[0]), "password": making.PASSWORD}
    assert client.post("/accounts/login/", form).status_code == 302
    assert client.get("/attempts/").context["running"] is not None


@pytest.mark.django_db
def test_without_debug_nothing_is_made():
    with pytest.raises(CommandError):
        run()
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("host", "local"),
    [("/tmp", True), ("localhost", True), ("::1", True), ("db", False), ("10.0.0.5", False)],
)
def test_a_known_password_stays_on_this_machine(host, local):
    assert is_local(host) is local
