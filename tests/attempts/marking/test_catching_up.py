"""The sweep goes on ending attempts while a slow server is asked."""

import threading

import pytest

from attempts import scoring
from attempts.marking import catching_up, model_server
from attempts.marking.catching_up import catch_up_in_round
from attempts.models import Answer
from tests.attempts.chat_engine.stand_in import says, standing_in, verdicts
from tests.attempts.marking.answers import answered


@pytest.mark.django_db
def test_the_engine_of_this_process_does_it_at_once():
    answer = answered()
    catch_up_in_round()
    assert Answer.objects.get(pk=answer.pk).engine == scoring.engine_name()


@pytest.mark.django_db(transaction=True)
def test_no_round_waits_for_a_server(settings, monkeypatch):
    monkeypatch.setattr(model_server, "_resting_until", 0.0)
    go_on = threading.Event()

    def slowly(handler) -> None:
        go_on.wait(30)
        says(verdicts(("not made", ""), ("made", "I like tea")))(handler)

    answered(), answered()
    with standing_in(slowly) as (settings.SCORER, seen):
        for _ in range(3):
            catch_up_in_round()
        assert set(Answer.objects.values_list("engine", flat=True)) == {""}
        go_on.set()
        catching_up._thread.join(30)
    assert set(Answer.objects.values_list("engine", flat=True)) == {"chat-1 stand-in"}
    assert len(seen.bodies) == 2
