from datetime import timedelta

import pytest

from attempts.models import Attempt
from attempts.rules.lifecycle import IllegalTransition
from attempts.transitions import staff
from attempts.transitions.personal.hiding import hide
from tests.attempts.candidate import a_guest, a_user, after, start_candidate

pytestmark = pytest.mark.django_db


def rows() -> list[dict]:
    return list(Attempt.objects.order_by("pk").values())


@pytest.mark.parametrize("end", ["finish", "discard"])
def test_an_attempt_is_hidden_and_shown_again(end):
    candidate = start_candidate()
    getattr(candidate, end)(at=20)
    before = rows()
    assert hide(candidate.owner, candidate.pk, True, now=after(30)).is_hidden
    assert candidate.attempt.is_hidden
    hide(candidate.owner, candidate.pk, False, now=after(40))
    assert rows() == before


def test_one_that_runs_is_in_no_list_yet():
    candidate = start_candidate()
    with pytest.raises(IllegalTransition):
        hide(candidate.owner, candidate.pk, True, now=after(30))
    assert not candidate.attempt.is_hidden


def test_one_whose_time_is_up_has_ended():
    candidate = start_candidate()
    hide(candidate.owner, candidate.pk, True, now=after(500))
    assert (candidate.attempt.state, candidate.attempt.is_hidden) == ("expired", True)


@pytest.mark.parametrize("stranger", [a_user, a_guest])
def test_nobody_else_hides_it(stranger):
    candidate = start_candidate()
    candidate.finish(at=20)
    with pytest.raises(Attempt.DoesNotExist):
        hide(stranger(), candidate.pk, True, now=after(30))
    assert not candidate.attempt.is_hidden


def test_one_that_runs_again_is_not_hidden_when_it_ends():
    candidate = start_candidate()
    candidate.finish(at=20)
    hide(candidate.owner, candidate.pk, True, now=after(30))
    staff.reopen(candidate.pk, timedelta(minutes=5), why="Fire drill.", now=after(40))
    candidate.finish(at=50)
    assert not candidate.attempt.is_hidden
