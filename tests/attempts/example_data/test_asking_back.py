"""The example attempt with follow-ups of every kind."""

import random

import pytest
from django.core.management import call_command

from attempts.example_data import asking_back
from attempts.example_data.candidate import ExampleCandidate
from attempts.models import Answer, Attempt, by_question
from attempts.rules.lifecycle import State
from attempts.rules.totals import Made
from questions.management.commands.seed_questions import CORE_BANK
from tests.attempts.candidate import a_user, after

pytestmark = pytest.mark.django_db


def test_it_has_follow_ups_of_every_kind():
    call_command("seed_questions", CORE_BANK, verbosity=0)
    asking_back.take(ExampleCandidate(a_user(), 0.5, random.Random(1)), after(60))

    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.follow_ups) == (State.SUBMITTED, 2)
    first, second, third = by_question(Answer.objects.all())
    assert [a.closed_by for a in first.follow_ups] == ["submitted", "skipped"]
    assert [a.closed_by for a in second.follow_ups] == ["submitted", "deadline"]
    assert third.follow_ups == []
    assert {*first.how_made} == {*Made}
    assert first.answer.share == first.share > second.share
    assert attempt.score is not None
