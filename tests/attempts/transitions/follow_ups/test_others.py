"""The sweep, moving to an account, deleting: an attempt in the middle of a follow-up."""

import pytest
from django.contrib.auth.models import User

from attempts import transitions
from attempts.models import Answer, Attempt, Schedule
from attempts.owners import Owner
from attempts.rules.lifecycle import State
from tests.attempts.candidate import a_guest, after, new_user
from tests.attempts.interviewer import found, start_asked
from tests.attempts.transitions.follow_ups.test_offering import offered, take

pytestmark = pytest.mark.django_db


def in_follow_up(questions: int = 2):
    candidate = start_asked(questions)
    candidate.submit(1, "thin", at=20, follow_up=found("thin"))
    return candidate


@pytest.mark.parametrize(("at", "ended"), [(109, 0), (110, 1), (10_000, 1)])
def test_the_sweep_ends_it_when_the_follow_up_and_all_that_waits_are_over(at, ended):
    candidate = in_follow_up()  # 20 s, 30 s for the follow-up, 60 s for the next question
    assert transitions.finish_overdue(now=after(at)) == ended
    attempt = candidate.attempt
    assert attempt.is_running != bool(ended)
    if ended:
        assert (attempt.state, attempt.finished_at) == (State.EXPIRED, after(110))
        assert candidate.answer(2).closed_at == candidate.answer(3).opened_at == after(50)


def test_it_moves_to_an_account_and_goes_on_there():
    candidate, user = in_follow_up(), new_user()
    transitions.claim(candidate.owner.guest_key, user, now=after(25))
    candidate.owner = Owner(user_id=user.pk)
    candidate.submit(2, "more", at=30)
    assert candidate.open_positions == [3]


def test_an_offer_moves_along():
    candidate, user = offered(), new_user()
    transitions.claim(candidate.owner.guest_key, user, now=after(25))
    candidate.owner = Owner(user_id=user.pk)
    take(candidate, at=30)
    assert candidate.open_positions == [2]


@pytest.mark.parametrize("how", ["one", "all"])
def test_it_is_deleted_with_its_follow_ups(how):
    candidate, other = in_follow_up(), in_follow_up()
    if how == "one":
        transitions.delete(candidate.owner, candidate.pk)
    else:
        transitions.delete_all(candidate.owner)
    assert set(Answer.objects.values_list("attempt", flat=True)) == {other.pk}
    assert other.open_positions == [2]


def test_discarding_and_starting_again_leaves_nothing_open():
    candidate = in_follow_up()
    candidate.discard(at=30)
    assert candidate.open_positions == []
    assert start_asked(1, owner=candidate.owner).attempt.is_running


def test_a_skipped_follow_up_is_no_review_of_its_question():
    candidate = in_follow_up(1)
    candidate.skip(2, "", at=30)
    assert Attempt.objects.get(pk=candidate.pk).score is not None, "its answer was read before"
    candidate.mark(1, [True, False], at=40)
    assert Schedule.objects.owned_by(candidate.owner).get().answers == 1


def test_nobody_else_has_any_of_it():
    candidate = in_follow_up()
    with pytest.raises(Attempt.DoesNotExist):
        transitions.skip(a_guest(), candidate.pk, 2, found("x"), now=after(30))
    assert User.objects.count() == 0
